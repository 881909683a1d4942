using ExtAuthz.Domain.Routes;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 5: may this request, with this session or none, go where it wants to?</summary>
public static class AuthorizationCheck
{
    /// <summary>Decides; what is not granted by a rule named here is not granted.</summary>
    public static Access Decide(Route.Page page, SessionState state) => (page.NeedsSession, state) switch
    {
        (_, SessionState.SignedIn) => Access.Granted,
        (false, _) => Access.Granted,
        (true, SessionState.Undecided) => Access.TryLater,
        _ => Access.SignInRequired,
    };
}
