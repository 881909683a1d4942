namespace ExtAuthz.Domain.SignIn;

/// <summary>An authorization code (RFC 6749 section 4.1.2), usable once.</summary>
/// <param name="Value">The code; never log it.</param>
public readonly record struct AuthorizationCode(string Value)
{
    /// <summary>A placeholder; the value never appears in text.</summary>
    public override string ToString() => "[authorization code]";
}
