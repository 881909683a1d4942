using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Sessions;

/// <summary>What is known of a session: what its access token says and, where that is silent, its ID token, which was verified when it was new.</summary>
public static class SessionClaims
{
    /// <summary>The claims of a session whose access token was accepted.</summary>
    public static AccessTokenClaims Of(Session session, AccessTokenClaims claims) =>
        session.IdToken is { } idToken && UnverifiedClaims.Read(idToken) is { } more
            ? claims with { AuthenticatedAt = claims.AuthenticatedAt ?? more.AuthenticatedAt }
            : claims;
}
