using System.Collections.Concurrent;
using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Users with live tokens, who click while something fails: they must not notice.</summary>
internal sealed class Warm : IAsyncDisposable
{
    private readonly ConcurrentQueue<Visit> _before = [];
    private readonly ConcurrentQueue<Visit> _since = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _clicking;
    private volatile bool _failing;

    private Warm(Deployment site, Browsers browsers) => _clicking = ClickAsync(site, browsers);

    /// <summary>How long live tokens took, before and since the fault.</summary>
    public (string Name, TimeSpan Time)[] Figures => [("live tokens, 99 of 100", Tally.NinetyNinthOf(_since)), ("before the fault", Tally.NinetyNinthOf(_before))];

    /// <summary>Users who click while nothing fails yet, beside crowds as large as those of the fault.</summary>
    public static async Task<Warm> StartAsync(Deployment site, Browsers browsers)
    {
        var warm = new Warm(site, browsers);
        for (var user = 9100; user < 9103; user++)
        {
            await browsers.VisitAsync(site.Expired(user).Cookie, 100);
            warm._before.Clear(); // the first of a process are slow
        }

        await Task.WhenAll(browsers.VisitAsync(site.Expired(9103).Cookie, 100), Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System));
        warm._failing = true;
        return warm;
    }

    /// <summary>Ends the clicking; nobody was held up. The limit is for a busy machine.</summary>
    public async Task<IReadOnlyList<Visit>> UnaffectedAsync()
    {
        await _end.CancelAsync();
        await _clicking;
        _since.ShouldAllBe(VisitKind.Allowed);
        _since.Count(visit => visit.Busy == 0 && visit.SetCookie == null).ShouldBe(_since.Count);
        _since.Select(visit => visit.Took).Order().ElementAt((int)((_since.Count - 1) * 0.9)).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        return [.. _since];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _clicking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ClickAsync(Deployment site, Browsers browsers)
    {
        var users = Enumerable.Range(9000, 5).Select(user => site.SignIn(user, TimeSpan.FromHours(1))).ToList();
        while (!_end.IsCancellationRequested)
        {
            var seen = _failing ? _since : _before;
            foreach (var visit in await Task.WhenAll(users.Select(user => browsers.VisitAsync(user.Cookie))))
            {
                seen.Enqueue(visit);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
