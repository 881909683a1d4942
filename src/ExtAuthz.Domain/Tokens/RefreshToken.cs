namespace ExtAuthz.Domain.Tokens;

/// <summary>A single-use refresh token (RFC 6749 section 1.5).</summary>
/// <param name="Value">The token itself; never log it.</param>
public readonly record struct RefreshToken(string Value)
{
    /// <summary>A placeholder; the value never appears in text.</summary>
    public override string ToString() => "[refresh token]";
}
