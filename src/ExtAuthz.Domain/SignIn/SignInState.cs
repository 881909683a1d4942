namespace ExtAuthz.Domain.SignIn;

/// <summary>What a sign-in remembers between the redirect and the callback.</summary>
/// <param name="Nonce">Makes every state unique; a version 4 UUID as text.</param>
/// <param name="CodeVerifier">The PKCE verifier, 43 characters (RFC 7636 section 4.1).</param>
/// <param name="ReturnPathname">Where the user wanted to go: path and query, unchecked.</param>
public sealed record SignInState(string Nonce, string CodeVerifier, string? ReturnPathname)
{
    /// <summary>Whether this sign-in took the place of one that was lost. It is not replaced again: without cookies that would never end.</summary>
    public bool IsRestart { get; init; }

    /// <summary>How long ago the user may have signed in, when that was asked for.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>A placeholder; the verifier is a secret.</summary>
    public override string ToString() => "[sign-in state]";
}
