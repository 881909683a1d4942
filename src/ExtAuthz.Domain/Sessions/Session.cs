using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Sessions;

/// <summary>An AuthKit session: what the sealed cookie holds.</summary>
/// <param name="AccessToken">Proves who the user is, for some minutes.</param>
/// <param name="RefreshToken">Buys the next access token, once.</param>
/// <param name="User">The user; null in a seal without one, which is never a signed-in session.</param>
/// <param name="Impersonator">Set while somebody acts as the user.</param>
/// <param name="AuthenticationMethod">How the user signed in, in WorkOS' words: <c>Password</c>, <c>SSO</c>, …</param>
public sealed record Session(
    AccessToken AccessToken,
    RefreshToken RefreshToken,
    SessionUser? User,
    Impersonator? Impersonator,
    string? AuthenticationMethod)
{
    /// <summary>The ID token of the sign-in, where the provider gave one: a hint for the sign-out.</summary>
    public IdToken? IdToken { get; init; }
}
