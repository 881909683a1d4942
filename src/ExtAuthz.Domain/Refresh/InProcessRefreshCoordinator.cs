using System.Collections.Concurrent;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Refresh;

/// <summary>
/// Coordinates refreshes within one process: one exchange a grant, shared by all who hold the old cookie, also by those
/// who come minutes late because the answer with the new one was lost. The exchange is detached from the requests that wait for it.
/// </summary>
public sealed class InProcessRefreshCoordinator(RefreshExchange exchange, SessionSealer sealer, TimeProvider clock) : IRefreshCoordinator, IAsyncDisposable
{
    private const int ManyFlights = 20_000;
    private static readonly TimeSpan KeepForLatecomers = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan KeepInACrowd = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan KeepWithoutRotation = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);
    private static readonly RefreshResult StillRunning = new RefreshResult.Unavailable("refresh still running", RetrySoon);

    private readonly ConcurrentDictionary<Digest, RefreshFlight> _flights = new();
    private readonly CancellationTokenSource _shutdown = new();

    /// <inheritdoc/>
    public async Task<RefreshResult> RefreshAsync(RefreshGrant grant, TimeSpan patience, CancellationToken cancellationToken)
    {
        var key = Digest.Of($"{grant.RefreshToken.Value.Length}:{grant.RefreshToken.Value}{grant.OrganizationId}");
        var flight = _flights.GetOrAdd(
            key,
            static (key, owner) => new RefreshFlight(flight => owner.Flights.TryRemove(KeyValuePair.Create(key, flight)), owner.Clock),
            (Flights: _flights, Clock: clock));
        var result = flight.Join(() => FlyAsync(grant, flight));
        try
        {
            return await result.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock, cancellationToken);
        }
        catch (TimeoutException) when (!result.IsFaulted)
        {
            return StillRunning;
        }
    }

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

    private async Task<RefreshResult> FlyAsync(RefreshGrant grant, RefreshFlight flight)
    {
        var keep = TimeSpan.Zero;
        try
        {
            var result = Publish(await exchange.RunAsync(grant, _shutdown.Token));
            keep = result switch
            {
                RefreshResult.Renewed same when same.Session.RefreshToken == grant.RefreshToken => KeepWithoutRotation, // it stays good, and buys another token next time
                RefreshResult.Renewed when _flights.Count < ManyFlights => KeepForLatecomers,
                RefreshResult.Unavailable later => later.RetryAfter,
                _ => KeepInACrowd,
            };
            return result;
        }
        finally
        {
            flight.RetireAfter(keep);
        }
    }

    private RefreshResult Publish(RefreshOutcome outcome) => outcome switch
    {
        RefreshOutcome.Refreshed renewed => Renewed(sealer.Seal(renewed.Session)),
        RefreshOutcome.Ended ended => new RefreshResult.Ended(ended.Error) { Redirect = ended.Redirect },
        RefreshOutcome.Transient transient => new RefreshResult.Unavailable(transient.Cause, Pause(transient.RetryAfter ?? RetrySoon)),
        RefreshOutcome.Misconfigured fault => new RefreshResult.Unavailable(fault.Cause, LongestPause) { IsOperatorFault = true, MayBeOrganization = fault.MayBeOrganization, Redirect = fault.Redirect },
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    private RefreshResult.Renewed Renewed(SealedSessionFit session) => new(session.Sealed, session.Session, clock.GetUtcNow()) { Events = session.Events };

    private static TimeSpan Pause(TimeSpan wanted) => wanted < LongestPause ? wanted : LongestPause;
}
