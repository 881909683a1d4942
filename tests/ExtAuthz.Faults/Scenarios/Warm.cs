using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Users with live tokens, who click while something fails: they must not notice.</summary>
internal sealed class Warm : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task<List<Visit>> _clicking;

    public Warm(Deployment site, Browsers browsers)
    {
        var users = Enumerable.Range(9000, 5).Select(user => site.SignIn(user, TimeSpan.FromHours(1))).ToList();
        _clicking = Task.Run(async () =>
        {
            var visits = new List<Visit>();
            while (!_end.IsCancellationRequested)
            {
                visits.AddRange(await Task.WhenAll(users.Select(user => browsers.VisitAsync(user.Cookie))));
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }

            return visits;
        });
    }

    /// <summary>Ends the clicking; nobody was held up. The limit is for a busy machine.</summary>
    public async Task<IReadOnlyList<Visit>> UnaffectedAsync()
    {
        await _end.CancelAsync();
        var visits = await _clicking;
        visits.ShouldAllBe(VisitKind.Allowed);
        visits.Count(visit => visit.Busy == 0 && visit.SetCookie == null).ShouldBe(visits.Count);
        visits.Select(visit => visit.Took).Order().ElementAt((int)((visits.Count - 1) * 0.9)).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        return visits;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await ((Task)_clicking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }
}
