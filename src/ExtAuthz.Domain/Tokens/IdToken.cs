namespace ExtAuthz.Domain.Tokens;

/// <summary>An ID token (OpenID Connect Core section 2) of a sign-in, kept as a hint for the sign-out.</summary>
/// <param name="Value">The token itself; never log it.</param>
public readonly record struct IdToken(string Value)
{
    /// <summary>A placeholder; the value never appears in text.</summary>
    public override string ToString() => "[ID token]";
}
