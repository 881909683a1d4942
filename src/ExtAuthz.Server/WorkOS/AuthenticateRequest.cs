namespace ExtAuthz.Server.WorkOS;

/// <summary>The body of a call to <c>/user_management/authenticate</c>, members in the SDK's order. Not a record: those print what they hold.</summary>
internal sealed class AuthenticateRequest
{
    public required string GrantType { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    public string? Code { get; init; }

    public string? CodeVerifier { get; init; }

    public string? RefreshToken { get; init; }

    public string? OrganizationId { get; init; }
}
