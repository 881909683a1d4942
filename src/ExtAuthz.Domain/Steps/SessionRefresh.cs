using System.Collections.Immutable;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 4: renew the session when its access token has ended or is about to. Transient is not terminal.</summary>
public sealed class SessionRefresh(IRefreshCoordinator coordinator, SessionVerifier verifier, VerifiedSessions known, ISessionRevocation revocation, TimeProvider clock)
{
    /// <summary>How many successors a latecomer follows.</summary>
    private const int MostGenerations = 5;

    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);

    /// <summary>A result of this age may have a token that has ended since. A younger one that has ended shows a wrong clock, and refreshing again would not help.</summary>
    private static readonly TimeSpan OldResult = TimeSpan.FromSeconds(5);

    /// <summary>Settles the state of the session, with a refresh if one is needed.</summary>
    public ValueTask<SessionState> RefreshAsync(ValidatedSession validated, IncomingRequest request, CancellationToken cancellationToken) => validated switch
    {
        ValidatedSession.Fresh fresh => ValueTask.FromResult<SessionState>(new SessionState.SignedIn(fresh.Session, IsRenewed: false) { Events = fresh.Events }),
        ValidatedSession.Ending ending => UnlessSignedOutAsync(ending.Session.Identity, RefreshAheadAsync(ending.Session, request, cancellationToken)),
        ValidatedSession.Stale stale => UnlessSignedOutAsync(SessionIdentity.Of(stale.Session, stale.Verdict), RefreshStaleAsync(stale, request, cancellationToken)),
        ValidatedSession.None none => ValueTask.FromResult<SessionState>(
            new SessionState.SignedOut(none.Cookie) { Events = [none.Event] }),
        _ => ValueTask.FromResult<SessionState>(KeysMissing()),
    };

    /// <summary>Renews the session now, for this organisation, however long its token would live.</summary>
    public ValueTask<SessionState> RefreshForAsync(string organizationId, ValidatedSession validated, IncomingRequest request, CancellationToken cancellationToken)
    {
        return validated switch
        {
            ValidatedSession.Fresh fresh => RefreshAsync(fresh.Session.Session, fresh.Session.Identity),
            ValidatedSession.Ending ending => RefreshAsync(ending.Session.Session, ending.Session.Identity),
            ValidatedSession.Stale stale => RefreshAsync(stale.Session, SessionIdentity.Of(stale.Session, stale.Verdict)),
            _ => this.RefreshAsync(validated, request, cancellationToken),
        };

        ValueTask<SessionState> RefreshAsync(Session session, SessionIdentity identity) => UnlessSignedOutAsync(
            identity,
            this.RefreshAsync(new RefreshGrant(session.RefreshToken, organizationId) { Session = session, Identity = identity }, session, RefreshPatience.Within(request.TimeLeft), cancellationToken, isSwitch: true));
    }

    /// <summary>A session that was signed out while its refresh was under way stays so. Other processes were asked about that once, by the coordinator; since then they tell.</summary>
    private async ValueTask<SessionState> UnlessSignedOutAsync(SessionIdentity old, ValueTask<SessionState> refreshing) =>
        await refreshing is var state && state is SessionState.SignedIn signedIn && (revocation.IsRevoked(old) || revocation.IsRevoked(signedIn.Session.Identity))
            ? Over(new SessionEvent.Ended("signed out"))
            : state;

    private async ValueTask<SessionState> RefreshAheadAsync(VerifiedSession current, IncomingRequest request, CancellationToken cancellationToken)
    {
        if (ClientKinds.Of(request.Headers) is ClientKind.Prefetch)
        {
            return new SessionState.SignedIn(current, IsRenewed: false);
        }

        var grant = new RefreshGrant(current.Session.RefreshToken, current.Claims.OrganizationId) { Session = current.Session, Identity = current.Identity };
        var state = await RefreshAsync(grant, current.Session, RefreshPatience.WhileAlive, cancellationToken);
        var ahead = new SessionEvent.RefreshingAhead(current.Claims.SessionId);
        return state is SessionState.SignedIn || clock.GetUtcNow() >= current.Claims.ExpiresAt
            ? state with { Events = [ahead, .. state.Events] }
            : new SessionState.SignedIn(current, IsRenewed: false) { Events = [ahead, .. FailureAhead(state.Events.Last())] };
    }

    private async ValueTask<SessionState> RefreshStaleAsync(ValidatedSession.Stale stale, IncomingRequest request, CancellationToken cancellationToken)
    {
        var grant = new RefreshGrant(stale.Session.RefreshToken, stale.Verdict.OrganizationId) { Session = stale.Session, Identity = SessionIdentity.Of(stale.Session, stale.Verdict) };
        var state = await RefreshAsync(grant, stale.Session, RefreshPatience.Within(request.TimeLeft), cancellationToken);
        return state with { Events = [new SessionEvent.Refreshing(stale.Verdict.SessionId, stale.Verdict.Fault.ToString()), .. state.Events] };
    }

    /// <summary>
    /// Refreshes and looks at what came: the new tokens are stored already, and a token that cannot be verified ends nothing. A latecomer
    /// may be given a session whose own token has ended meanwhile, and goes on with its successor.
    /// </summary>
    private async ValueTask<SessionState> RefreshAsync(RefreshGrant grant, Session session, TimeSpan patience, CancellationToken cancellationToken, bool isSwitch = false)
    {
        for (var generation = 1; ; generation++)
        {
            var result = await coordinator.RefreshAsync(grant, patience, cancellationToken);
            if (result is not RefreshResult.Renewed renewed)
            {
                return isSwitch ? NotSwitched(result) : NotRenewed(result);
            }

            if (!string.Equals(renewed.Session.User?.Id, session.User?.Id, StringComparison.Ordinal))
            {
                return Over(new SessionEvent.RefreshedTokenRefused("another user"));
            }

            if (known.Find(renewed.Sealed) is { } shared)
            {
                return SignedIn(renewed, shared); // another request that waited for it verified it
            }

            var (verdict, verified) = await verifier.VerifyAsync(renewed.Sealed, renewed.Session, cancellationToken);
            if (verdict is not TokenVerdict.NotUsable { Fault: TokenFault.Expired } expired || generation == MostGenerations || clock.GetUtcNow() - renewed.At < OldResult)
            {
                return Adopt(renewed, verdict, verified);
            }

            grant = grant with { RefreshToken = renewed.Session.RefreshToken, OrganizationId = expired.OrganizationId, Session = renewed.Session };
        }
    }

    private static SessionState Adopt(RefreshResult.Renewed renewed, TokenVerdict verdict, VerifiedSession? session) => (verdict, session) switch
    {
        (_, { } verified) => SignedIn(renewed, verified),
        (TokenVerdict.Unverifiable, _) => KeysMissing(),
        (TokenVerdict.Accepted, _) => Over(new SessionEvent.RefreshedTokenRefused("another user")),
        _ => new SessionState.Undecided(DecisionReason.ProviderUnavailable, RetrySoon) { Events = [new SessionEvent.RefreshedTokenRefused((verdict as TokenVerdict.NotUsable)?.Fault.ToString() ?? "Undecodable")] },
    };

    private static SessionState.SignedIn SignedIn(RefreshResult.Renewed renewed, VerifiedSession session) =>
        new(session, IsRenewed: true) { Events = [new SessionEvent.Refreshed(session.Claims.SessionId), .. session.ClaimsLeftOut, .. renewed.Events] };

    private static SessionState NotRenewed(RefreshResult result) => result switch
    {
        RefreshResult.Ended ended => Over(new SessionEvent.Ended(ended.Error)),
        RefreshResult.SignedOut => Over([new SessionEvent.Ended("signed out"), .. result.Events]),
        RefreshResult.Unavailable { IsOperatorFault: true } fault => NotNow(fault, new SessionEvent.ProviderRefusesUs(fault.Cause)),
        RefreshResult.Unavailable later => NotNow(later, new SessionEvent.RefreshUnavailable(later.Cause)),
        _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
    };

    /// <summary>A change of organisation that is refused ends nothing. A user may ask for any organisation, so it is no alarm either.</summary>
    private static SessionState NotSwitched(RefreshResult result) => result switch
    {
        RefreshResult.Ended ended => NotThere(ended.Error, ended.Redirect),
        RefreshResult.Unavailable { MayBeOrganization: true } refused => NotThere(refused.Cause, refused.Redirect),
        _ => NotRenewed(result),
    };

    private static SessionState.SignedOut NotThere(string error, ProviderRedirect? redirect) =>
        new(CookieFate.Keep) { OrganizationError = error, Redirect = redirect, Events = [new SessionEvent.OrganizationRefused(error)] };

    /// <summary>What failed ahead of time has ended nothing yet; an alarm it may be all the same.</summary>
    private static ImmutableArray<SessionEvent> FailureAhead(SessionEvent happened) => happened switch
    {
        SessionEvent.RefreshUnavailable { Cause: var cause } when string.Equals(cause, RefreshResult.UnderWay.Cause, StringComparison.Ordinal) => [],
        SessionEvent.Ended ended => [new SessionEvent.RefreshAheadFailed(ended.Cause)],
        SessionEvent.RefreshUnavailable unavailable => [new SessionEvent.RefreshAheadFailed(unavailable.Cause)],
        _ => [happened, new SessionEvent.RefreshAheadFailed(ReasonCode.Of(happened.GetType().Name))],
    };

    private static SessionState.SignedOut Over(params ImmutableArray<SessionEvent> events) => new(CookieFate.Delete) { Events = events };

    private static SessionState.Undecided NotNow(RefreshResult.Unavailable later, SessionEvent @event) =>
        new(DecisionReason.ProviderUnavailable, later.RetryAfter) { Events = [@event] };

    private static SessionState.Undecided KeysMissing() =>
        new(DecisionReason.KeysUnavailable, RetrySoon) { Events = [new SessionEvent.KeysUnavailable()] };
}
