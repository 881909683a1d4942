using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Sessions;

/// <summary>Says whether a browser has a session that holds as it is, without refreshing it.</summary>
public sealed class PresentSession(SessionRetrieval retrieval, SessionVerifier verifier)
{
    /// <summary>Whether there is one among these cookies.</summary>
    public async ValueTask<bool> IsInAsync(CookieHeader cookies, CancellationToken cancellationToken) => retrieval.Retrieve(cookies) switch
    {
        RetrievedSession.Known => true,
        RetrievedSession.Found { Session.User: not null } found => (await verifier.VerifyAsync(found.Sealed, found.Session, cancellationToken)).Session is not null,
        _ => false,
    };
}
