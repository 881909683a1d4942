using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Sessions;

/// <summary>
/// Which session this is, whose, and of what age: the one place that says so, for headers, logs, sign-out and revocation. Logout tokens name the
/// <c>sid</c> of the ID token (OpenID Connect Back-Channel Logout section 2.1), so it comes first; WorkOS writes one in the access token alone.
/// </summary>
/// <param name="SessionId">The provider's session id (<c>sid</c>); null when no token names one.</param>
/// <param name="UserId">The provider's user id; null in a seal without a user.</param>
/// <param name="IssuedAt">When its access token was issued, or else its ID token; null when neither says so.</param>
/// <param name="AuthenticatedAt">When its user proved who they are (<c>auth_time</c>), by either token; null when neither says so.</param>
public readonly record struct SessionIdentity(string? SessionId, string? UserId, DateTimeOffset? IssuedAt, DateTimeOffset? AuthenticatedAt = null)
{
    /// <summary>The identity of a session whose access token says this.</summary>
    public static SessionIdentity Of(Session session, AccessTokenClaims claims) => Of(session, claims.SessionId, claims.IssuedAt, claims.AuthenticatedAt);

    /// <summary>The identity of a session whose access token may not be used.</summary>
    public static SessionIdentity Of(Session session, TokenVerdict.NotUsable verdict) => Of(session, verdict.SessionId, verdict.IssuedAt);

    /// <summary>The identity of a session whose access token was not verified: good enough to end it, for we sealed it ourselves.</summary>
    public static SessionIdentity Of(Session session) =>
        UnverifiedClaims.Read(session.AccessToken) is { } claims ? Of(session, claims.SessionId, claims.IssuedAt) : Of(session, null, null);

    private static SessionIdentity Of(Session session, string? sessionId, DateTimeOffset? issuedAt, DateTimeOffset? authenticatedAt = null) =>
        session.IdToken is { } idToken && UnverifiedClaims.Read(idToken) is { } claims
            ? new(claims.SessionId is { Length: > 0 } named ? named : sessionId, session.User?.Id, issuedAt ?? claims.IssuedAt, authenticatedAt ?? claims.AuthenticatedAt)
            : new(sessionId, session.User?.Id, issuedAt, authenticatedAt);
}
