namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>What a token endpoint answers, in success or in failure (RFC 6749 sections 5.1 and 5.2). Not a record: those print what they hold.</summary>
internal sealed class TokenAnswer
{
    public string? AccessToken { get; init; }

    public string? TokenType { get; init; }

    public string? RefreshToken { get; init; }

    public string? IdToken { get; init; }

    public string? Error { get; init; }
}
