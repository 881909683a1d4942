namespace ExtAuthz.Domain.Tokens;

/// <summary>An access token in compact JWS form (RFC 7515 section 3.1), not yet believed.</summary>
/// <param name="Value">The token itself; never log it.</param>
public readonly record struct AccessToken(string Value)
{
    /// <summary>A placeholder; the value never appears in text.</summary>
    public override string ToString() => "[access token]";
}
