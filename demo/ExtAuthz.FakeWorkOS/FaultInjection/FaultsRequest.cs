namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>The body of <c>POST /_fake/faults</c>: optionally clear all, then set what is given, then rotate the keys.</summary>
internal sealed record FaultsRequest(
    bool Clear,
    EndpointFaultsRequest? Authenticate,
    EndpointFaultsRequest? Jwks,
    TimeSpan? AccessTokenLifetime,
    KeyRotation? RotateKeys);
