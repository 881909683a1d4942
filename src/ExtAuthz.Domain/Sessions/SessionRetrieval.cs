using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Sessions;

/// <summary>Finds the session among the cookies of a request.</summary>
/// <param name="codec">Opens the seals.</param>
/// <param name="known">Remembers what has been verified lately.</param>
/// <param name="cookieName">The name of the session cookie.</param>
/// <param name="readsChunks">Whether a session may come in chunks (<see cref="SessionChunks"/>).</param>
public sealed class SessionRetrieval(ISessionCodec codec, VerifiedSessions known, string cookieName, bool readsChunks = false)
{
    /// <summary>
    /// Reads every cookie of the session's name, and its chunks as one more, and drops those that do not open. What remains must be one session,
    /// of which the newest access token counts.
    /// </summary>
    public RetrievedSession Retrieve(CookieHeader cookies)
    {
        var candidates = SessionCandidates.Read(cookies, cookieName, readsChunks);
        if (candidates.Count == 0)
        {
            return new RetrievedSession.None();
        }

        if (candidates.HasContradictoryChunks)
        {
            return new RetrievedSession.Ambiguous();
        }

        if (candidates.Values is [var only] && known.Find(only) is { } session)
        {
            return new RetrievedSession.Known(session);
        }

        return Newest(candidates);
    }

    /// <summary>The session among the cookies and which it is, whatever became of its token: enough to end it. Null when there is none.</summary>
    public (Session Session, SessionIdentity Identity)? RetrieveAny(CookieHeader cookies) => Retrieve(cookies) switch
    {
        RetrievedSession.Known known => (known.Session.Session, known.Session.Identity),
        RetrievedSession.Found found => (found.Session, SessionIdentity.Of(found.Session)),
        _ => null,
    };

    private RetrievedSession Newest(SessionCandidates candidates)
    {
        RetrievedSession.Found? newest = null;
        foreach (var value in candidates.Values)
        {
            if (codec.Unseal(value) is not { } session)
            {
                continue;
            }

            var found = new RetrievedSession.Found(value, session);
            if (newest is null)
            {
                newest = found;
            }
            else if (!string.Equals(Identity(newest.Session), Identity(session), StringComparison.Ordinal))
            {
                return new RetrievedSession.Ambiguous();
            }
            else if (Age(session).CompareTo(Age(newest.Session)) > 0)
            {
                newest = found;
            }
        }

        return newest ?? (RetrievedSession)new RetrievedSession.Unreadable();
    }

    // A token that names no session is only the same session as itself.
    private static string Identity(Session session) => SessionIdentity.Of(session).SessionId ?? session.AccessToken.Value;

    private static (DateTimeOffset? IssuedAt, DateTimeOffset? ExpiresAt) Age(Session session) =>
        UnverifiedClaims.Read(session.AccessToken) is { } claims ? (claims.IssuedAt, claims.ExpiresAt) : default;
}
