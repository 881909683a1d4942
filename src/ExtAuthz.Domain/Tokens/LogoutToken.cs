namespace ExtAuthz.Domain.Tokens;

/// <summary>A logout token (OpenID Connect Back-Channel Logout section 2.4), not yet believed.</summary>
/// <param name="Value">The token itself; never log it.</param>
public readonly record struct LogoutToken(string Value)
{
    /// <summary>A placeholder; the value never appears in text.</summary>
    public override string ToString() => "[logout token]";
}
