using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 4: renew the session when its access token has ended or is about to. Transient is not terminal.</summary>
public sealed class SessionRefresh(IRefreshCoordinator coordinator, SessionVerifier verifier, TimeProvider clock)
{
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);

    /// <summary>Settles the state of the session, with a refresh if one is needed.</summary>
    public ValueTask<SessionState> RefreshAsync(ValidatedSession validated, IncomingRequest request, CancellationToken cancellationToken) => validated switch
    {
        ValidatedSession.Fresh fresh => ValueTask.FromResult<SessionState>(new SessionState.SignedIn(fresh.Session, IsRenewed: false) { Events = fresh.Events }),
        ValidatedSession.Ending ending => RefreshAheadAsync(ending.Session, request, cancellationToken),
        ValidatedSession.Stale stale => RefreshStaleAsync(stale, request, cancellationToken),
        ValidatedSession.None none => ValueTask.FromResult<SessionState>(
            new SessionState.SignedOut(none.Cookie) { Events = [none.Event] }),
        _ => ValueTask.FromResult<SessionState>(KeysMissing()),
    };

    private async ValueTask<SessionState> RefreshAheadAsync(VerifiedSession current, IncomingRequest request, CancellationToken cancellationToken)
    {
        if (ClientKinds.Of(request.Headers) is ClientKind.Prefetch)
        {
            return new SessionState.SignedIn(current, IsRenewed: false);
        }

        var sid = current.Claims.SessionId;
        var grant = new RefreshGrant(current.Session.RefreshToken, current.Claims.OrganizationId);
        var result = await coordinator.RefreshAsync(grant, RefreshPatience.WhileAlive(request.TimeLeft), cancellationToken);
        var state = await AdoptAsync(result, current.Session, cancellationToken);
        if (state is not SessionState.SignedIn && clock.GetUtcNow() < current.Claims.ExpiresAt)
        {
            var cause = result is RefreshResult.Ended ended ? ended.Error : (result as RefreshResult.Unavailable)?.Cause ?? "token refused";
            var happened = state.Events.Where(@event => @event is not SessionEvent.Ended);
            return new SessionState.SignedIn(current, IsRenewed: false)
            {
                Events = [new SessionEvent.RefreshingAhead(sid), .. happened, new SessionEvent.RefreshAheadFailed(cause)],
            };
        }

        return state with { Events = [new SessionEvent.RefreshingAhead(sid), .. state.Events] };
    }

    private async ValueTask<SessionState> RefreshStaleAsync(ValidatedSession.Stale stale, IncomingRequest request, CancellationToken cancellationToken)
    {
        var grant = new RefreshGrant(stale.Session.RefreshToken, stale.Verdict.OrganizationId);
        var result = await coordinator.RefreshAsync(grant, RefreshPatience.Within(request.TimeLeft), cancellationToken);
        var state = await AdoptAsync(result, stale.Session, cancellationToken);
        return state with { Events = [new SessionEvent.Refreshing(stale.Verdict.SessionId, stale.Verdict.Fault.ToString()), .. state.Events] };
    }

    private async ValueTask<SessionState> AdoptAsync(RefreshResult result, Session previous, CancellationToken cancellationToken) => result switch
    {
        RefreshResult.Renewed renewed => await AdoptAsync(renewed, previous, cancellationToken),
        RefreshResult.Ended ended => Over(new SessionEvent.Ended(ended.Error)),
        RefreshResult.Unavailable { IsOperatorFault: true } fault => NotNow(fault, new SessionEvent.ProviderRefusesUs(fault.Cause)),
        RefreshResult.Unavailable later => NotNow(later, new SessionEvent.RefreshUnavailable(later.Cause)),
        _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
    };

    /// <summary>The new tokens are stored already; now they are looked at. A token that cannot be verified ends nothing.</summary>
    private async ValueTask<SessionState> AdoptAsync(RefreshResult.Renewed renewed, Session previous, CancellationToken cancellationToken)
    {
        if (!string.Equals(renewed.Session.User?.Id, previous.User?.Id, StringComparison.Ordinal))
        {
            return Over(new SessionEvent.RefreshedTokenRefused("another user"));
        }

        var (verdict, session) = await verifier.VerifyAsync(renewed.Sealed, renewed.Session, cancellationToken);
        return (verdict, session) switch
        {
            (_, { } verified) => new SessionState.SignedIn(verified, IsRenewed: true) { Events = [new SessionEvent.Refreshed(verified.Claims.SessionId), .. verified.ClaimsLeftOut] },
            (TokenVerdict.Unverifiable, _) => KeysMissing(),
            (TokenVerdict.Accepted, _) => Over(new SessionEvent.RefreshedTokenRefused("another user")),
            _ => new SessionState.Undecided(DecisionReason.ProviderUnavailable, RetrySoon) { Events = [new SessionEvent.RefreshedTokenRefused((verdict as TokenVerdict.NotUsable)?.Fault.ToString() ?? "Undecodable")] },
        };
    }

    private static SessionState.SignedOut Over(SessionEvent @event) => new(CookieFate.Delete) { Events = [@event] };

    private static SessionState.Undecided NotNow(RefreshResult.Unavailable later, SessionEvent @event) =>
        new(DecisionReason.ProviderUnavailable, later.RetryAfter) { Events = [@event] };

    private static SessionState.Undecided KeysMissing() =>
        new(DecisionReason.KeysUnavailable, RetrySoon) { Events = [new SessionEvent.KeysUnavailable()] };
}
