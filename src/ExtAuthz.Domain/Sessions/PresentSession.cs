using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Sessions;

/// <summary>Says whether a browser has a session that holds as it is, without refreshing it.</summary>
public sealed class PresentSession(SessionRetrieval retrieval, SessionVerifier verifier, ISessionRevocation revocation)
{
    /// <summary>Whether there is one among these cookies.</summary>
    public async ValueTask<bool> IsInAsync(CookieHeader cookies, CancellationToken cancellationToken)
    {
        var session = retrieval.Retrieve(cookies) switch
        {
            RetrievedSession.Known known => known.Session,
            RetrievedSession.Found { Session.User: not null } found => (await verifier.VerifyAsync(found.Sealed, found.Session, cancellationToken)).Session,
            _ => null,
        };
        return session is not null && !revocation.IsRevoked(session.Identity);
    }
}
