using System.Collections.Concurrent;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Refresh;

/// <summary>
/// Coordinates refreshes: one exchange a token, shared by all who hold the old cookie, also by those who come minutes late because the answer
/// with the new one was lost. Requests of this process share a flight, and flights of all processes that share the records take turns. A flight is detached from the
/// requests that wait for it.
/// </summary>
public sealed class RefreshCoordinator(
    IRefreshRecords records,
    RefreshExchange exchange,
    SessionSealer sealer,
    ISessionRevocation revocation,
    IIdentityProvider provider,
    IRandomSource random,
    RefreshRecordLife lives,
    TimeProvider clock) : IRefreshCoordinator, IAsyncDisposable
{
    /// <summary>How many successors are followed to one for the wanted organisation.</summary>
    private const int MostGenerations = 5;

    /// <summary>Requests of this process that come a little late need not look into the records.</summary>
    private static readonly TimeSpan LongestShare = TimeSpan.FromSeconds(60);

    /// <summary>A claim is given up or lost within the longest exchange and the life of a lock.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);
    private static readonly RefreshResult RecordsUnreachable = new RefreshResult.Unavailable("records of refreshes unreachable", RetrySoon);
    private static readonly RefreshResult Spent = new RefreshResult.Ended("rotated_cookie_reuse");

    private readonly ConcurrentDictionary<RefreshGrant, RefreshFlight> _flights = new();
    private readonly CancellationTokenSource _shutdown = new();

    /// <summary>The longest that a request is asked to wait, and a provider left alone.</summary>
    public static TimeSpan LongestRetryAfter { get; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<RefreshResult> RefreshAsync(RefreshGrant grant, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        for (var generation = 1; generation <= MostGenerations; generation++)
        {
            var result = await JoinAsync(grant, patience - clock.GetElapsedTime(started), cancellationToken);
            if (result is not RefreshResult.Renewed renewed || string.Equals(renewed.OrganizationId, grant.OrganizationId, StringComparison.Ordinal))
            {
                return result;
            }

            // The token was exchanged for another organisation: its successor is as good for this one.
            grant = grant with { RefreshToken = renewed.Session.RefreshToken, Session = renewed.Session };
        }

        return RefreshResult.UnderWay;
    }

    /// <inheritdoc/>
    public void Acknowledge(Session session) => records.Acknowledge(session.RefreshToken);

    /// <summary>Lets open exchanges finish: their tokens are lost otherwise.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var flight in _flights.Values)
        {
            await flight.LandAsync();
        }

        await _shutdown.CancelAsync();
        _shutdown.Dispose();
    }

    private async Task<RefreshResult> JoinAsync(RefreshGrant grant, TimeSpan patience, CancellationToken cancellationToken)
    {
        var flight = _flights.GetOrAdd(
            grant,
            static (grant, owner) => new RefreshFlight(flight => owner.Flights.TryRemove(KeyValuePair.Create(grant, flight)), owner.Clock),
            (Flights: _flights, Clock: clock));
        var result = flight.Join(() => FlyAsync(grant, flight));
        try
        {
            return await result.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock, cancellationToken);
        }
        catch (TimeoutException) when (!result.IsFaulted)
        {
            return RefreshResult.UnderWay;
        }
    }

    private async Task<RefreshResult> FlyAsync(RefreshGrant grant, RefreshFlight flight)
    {
        var share = TimeSpan.Zero;
        try
        {
            var result = await SettleAsync(grant);
            share = ReferenceEquals(result, RecordsUnreachable) || ReferenceEquals(result, RefreshResult.UnderWay) ? TimeSpan.Zero : Shorter(lives.Of(grant, result), LongestShare);
            return result;
        }
        finally
        {
            flight.RetireAfter(share);
        }
    }

    private async Task<RefreshResult> SettleAsync(RefreshGrant grant)
    {
        var (owner, started) = (RandomUuid.New(random).ToString(), clock.GetTimestamp());
        while (clock.GetElapsedTime(started) < LongestHold)
        {
            switch (await records.ClaimAsync(grant, owner, _shutdown.Token))
            {
                case RefreshClaim.Granted granted when await ExchangeAsync(grant, owner, granted.SinceFirstSend) is { } result:
                    return result;
                case RefreshClaim.Settled settled:
                    return await IsSignedOutAsync(grant, settled.Result) ? new RefreshResult.SignedOut() : settled.Result;
                case RefreshClaim.Spent:
                    return Spent;
                case RefreshClaim.Unreachable:
                    return RecordsUnreachable;
                case RefreshClaim.Held held:
                    await held.AskAgain.WaitAsync(_shutdown.Token);
                    break;
            }
        }

        return RefreshResult.UnderWay;
    }

    /// <summary>Publishes first: whether the new tokens are good is asked later, and by each request for itself. Those of a session that was signed out meanwhile are given back. Null when somebody else has the token meanwhile.</summary>
    private async Task<RefreshResult?> ExchangeAsync(RefreshGrant grant, string owner, TimeSpan? sinceFirstSend)
    {
        RefreshResult? result = null;
        try
        {
            var outcome = await exchange.RunAsync(grant, sinceFirstSend, () => records.ClaimAsync(grant, owner, _shutdown.Token), _shutdown.Token);
            if (outcome is RefreshOutcome.Superseded)
            {
                return null;
            }

            result = ResultOf(grant, outcome);
            var stands = await records.PublishAsync(grant, owner, result, _shutdown.Token);
            return await UnlessSignedOutAsync(grant, stands);
        }
        finally
        {
            if (result is null)
            {
                await records.ReleaseAsync(grant, owner, CancellationToken.None);
            }
        }
    }

    private async Task<RefreshResult> UnlessSignedOutAsync(RefreshGrant grant, RefreshResult result)
    {
        if (result is not RefreshResult.Renewed { Session: var session } || !await IsSignedOutAsync(grant, result))
        {
            return result;
        }

        var revoked = await provider.RevokeAsync(session.RefreshToken, RefreshPatience.OfSignOut(timeLeft: null), _shutdown.Token);
        return new RefreshResult.SignedOut { Events = revoked.Events };
    }

    /// <summary>Asks all processes: one that missed the news of a sign-out hears of it here.</summary>
    private async Task<bool> IsSignedOutAsync(RefreshGrant grant, RefreshResult result) =>
        result is RefreshResult.Renewed { Session: var session }
        && ((grant.Identity is { } old && await revocation.IsRevokedAsync(old, _shutdown.Token)) || await revocation.IsRevokedAsync(SessionIdentity.Of(session), _shutdown.Token));

    private RefreshResult ResultOf(RefreshGrant grant, RefreshOutcome outcome) => outcome switch
    {
        RefreshOutcome.Refreshed renewed => Renewed(grant, sealer.Seal(renewed.Session)),
        RefreshOutcome.Ended ended => new RefreshResult.Ended(ended.Error) { Redirect = ended.Redirect },
        RefreshOutcome.Transient transient => new RefreshResult.Unavailable(transient.Cause, Shorter(transient.RetryAfter ?? RetrySoon, LongestRetryAfter)),
        RefreshOutcome.Misconfigured fault => new RefreshResult.Unavailable(fault.Cause, LongestRetryAfter) { IsOperatorFault = true, MayBeOrganization = fault.MayBeOrganization, Redirect = fault.Redirect },
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    private RefreshResult.Renewed Renewed(RefreshGrant grant, SealedSessionFit session) =>
        new(session.Sealed, session.Session, clock.GetUtcNow()) { OrganizationId = grant.OrganizationId, Events = session.Events };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
