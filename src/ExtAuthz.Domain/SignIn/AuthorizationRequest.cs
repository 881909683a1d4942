namespace ExtAuthz.Domain.SignIn;

/// <summary>An authorization request to be (RFC 6749 section 4.1.1, RFC 7636 section 4.3). What is null is not sent.</summary>
/// <param name="State">The sealed state.</param>
/// <param name="CodeChallenge">The S256 challenge of the state's verifier.</param>
/// <param name="ScreenHint">The screen to show first.</param>
public sealed record AuthorizationRequest(SealedState State, string CodeChallenge, ScreenHint ScreenHint)
{
    /// <summary>The organisation to sign in to.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Whom the user will probably sign in as (OpenID Connect Core section 3.1.2.1).</summary>
    public string? LoginHint { get; init; }

    /// <summary>Whether the provider must ask again, or must not ask (OpenID Connect Core section 3.1.2.1).</summary>
    public string? Prompt { get; init; }

    /// <summary>How long ago the user may have signed in at most; written in whole seconds.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>What an ID token must repeat; the state's nonce.</summary>
    public string? Nonce { get; init; }

    /// <summary>A placeholder; hints are personal data.</summary>
    public override string ToString() => "[authorization request]";
}
