using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 3: is the session's access token genuine, alive, and its user's?</summary>
public sealed class TokenValidation(SessionVerifier verifier, ISessionRevocation revocation, IRefreshCoordinator refreshes, TimeProvider clock)
{
    /// <summary>Validates what step 2 found; no session ends here for want of keys.</summary>
    public async ValueTask<ValidatedSession> ValidateAsync(RetrievedSession retrieved, CancellationToken cancellationToken) => retrieved switch
    {
        RetrievedSession.Known known when revocation.IsRevoked(known.Session.Identity) => SignedOut(),
        RetrievedSession.Known known => new ValidatedSession.Fresh(known.Session),
        RetrievedSession.Found found => await ValidateAsync(found, cancellationToken),
        RetrievedSession.Unreadable => new ValidatedSession.None(CookieFate.Delete, new SessionEvent.Unreadable()),
        RetrievedSession.Ambiguous => new ValidatedSession.None(CookieFate.DeleteEverySpelling, new SessionEvent.Ambiguous()),
        _ => new ValidatedSession.None(CookieFate.Keep, new SessionEvent.NotFound()),
    };

    private async ValueTask<ValidatedSession> ValidateAsync(RetrievedSession.Found found, CancellationToken cancellationToken)
    {
        if (found.Session.User is null)
        {
            return Over("no user in the session");
        }

        refreshes.Acknowledge(found.Session);

        var (verdict, session) = await verifier.VerifyAsync(found.Sealed, found.Session, cancellationToken);
        return (verdict, session) switch
        {
            (_, { } verified) when revocation.IsRevoked(verified.Identity) => SignedOut(),
            (_, { } verified) when clock.GetUtcNow() < verified.RefreshAt => new ValidatedSession.Fresh(verified) { Events = verified.ClaimsLeftOut },
            (_, { } verified) => new ValidatedSession.Ending(verified),
            (TokenVerdict.Accepted, null) => Over("access token of another user"),
            (TokenVerdict.NotUsable unusable, _) when revocation.IsRevoked(SessionIdentity.Of(found.Session, unusable)) => SignedOut(),
            (TokenVerdict.NotUsable unusable, _) => new ValidatedSession.Stale(found.Session, unusable),
            (TokenVerdict.Unverifiable, _) => new ValidatedSession.Unverifiable(),
            _ => Over("access token cannot be decoded"),
        };
    }

    private static ValidatedSession.None SignedOut() => Over("signed out");

    private static ValidatedSession.None Over(string cause) => new(CookieFate.Delete, new SessionEvent.Ended(cause));
}
