namespace ExtAuthz.Server.Transport.Health;

/// <summary>The health at one moment.</summary>
/// <param name="IsServing">Whether new requests should come.</param>
/// <param name="IsStopped">Whether no change will follow.</param>
/// <param name="Changed">Completes when this is out of date.</param>
internal sealed record HealthSnapshot(bool IsServing, bool IsStopped, Task Changed);
