namespace ExtAuthz.Domain.SignIn;

/// <summary>An authorization request to be (RFC 6749 section 4.1.1, RFC 7636 section 4.3).</summary>
/// <param name="State">The sealed state.</param>
/// <param name="CodeChallenge">The S256 challenge of the state's verifier.</param>
/// <param name="ScreenHint">The screen to show first.</param>
public sealed record AuthorizationRequest(SealedState State, string CodeChallenge, ScreenHint ScreenHint);
