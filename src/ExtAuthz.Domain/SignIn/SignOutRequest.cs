using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.SignIn;

/// <summary>A session that a browser wants to end at the provider too.</summary>
/// <param name="SessionId">The provider's session id, from a token that may have expired; null when unknown.</param>
/// <param name="IdToken">The ID token of the sign-in, where the provider gave one.</param>
/// <param name="ReturnTo">Where the provider sends the browser afterwards: an absolute URL of our own site; null for the provider's own choice.</param>
public sealed record SignOutRequest(string? SessionId, IdToken? IdToken, string? ReturnTo)
{
    /// <summary>A placeholder; where it returns to may hold a query.</summary>
    public override string ToString() => "[sign-out request]";
}
