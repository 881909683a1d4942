using ExtAuthz.Domain.Routes;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 5: may this request, with this session or none, go where it wants to?</summary>
public sealed class AuthorizationCheck(TimeProvider clock)
{
    /// <summary>Decides; what is not granted by a rule named here is not granted.</summary>
    public Access Decide(Route.Page page, SessionState state) => (page.NeedsSession, state) switch
    {
        (_, SessionState.SignedIn signedIn) => IsRecent(signedIn.Session, page.MaxAge) ? Access.Granted : Access.RecentSignInRequired,
        (false, _) => Access.Granted,
        (true, SessionState.Undecided) => Access.TryLater,
        _ => Access.SignInRequired,
    };

    // AuthKit's checkRecentAuth: who does not say when is not recent, and a clock that is ahead of ours is no fault of the user.
    private bool IsRecent(VerifiedSession session, TimeSpan? maxAge) =>
        maxAge is null || clock.GetUtcNow() - session.Claims.AuthenticatedAt <= maxAge;
}
