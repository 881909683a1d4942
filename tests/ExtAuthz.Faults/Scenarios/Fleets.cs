using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Replicas come and go.</summary>
internal static class Fleets
{
    /// <summary>Each replica is replaced while users with short tokens click: nobody is signed out, no token is rotated twice.</summary>
    public static async Task<Tally> RollingRestartAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 0, run.Seed);
        site.Settings["ExtAuthz:RefreshBufferSeconds"] = "2";
        site.Faults.AccessTokenLifetime = TimeSpan.FromSeconds(run.IsLong ? 10 : 5);
        site.Faults.Authenticate.Latency = run.Between(0.05, 0.3);
        await site.AddReplicasAsync(3);
        var browsers = new Browsers(site.Replicas, run.Chance);
        using var end = new CancellationTokenSource();
        var clicking = Enumerable.Range(0, 10).Select(user => ClickAsync(site, browsers, site.Expired(user), end.Token)).ToList();

        for (var round = 0; round < (run.Minutes * 12 ?? (run.IsLong ? 9 : 3)); round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(run.IsLong ? 5 : 4), TimeProvider.System);
            var next = await Replica.StartAsync(site.Settings);
            Replica leaving;
            lock (site.Replicas)
            {
                leaving = site.Replicas[0];
                site.Replicas.RemoveAt(0);
                site.Replicas.Add(next);
            }

            (await leaving.ShutDownAsync()).ShouldBe(0);
            await leaving.DisposeAsync();
        }

        await end.CancelAsync();
        var visits = (await Task.WhenAll(clicking)).SelectMany(of => of).ToList();
        visits.ShouldAllBe(VisitKind.Allowed);
        var tally = Tally.Of(visits, site);
        tally.Rotations.ShouldBe(1);
        return tally;
    }

    /// <summary>A user with two tabs and one jar.</summary>
    private static async Task<List<Visit>> ClickAsync(Deployment site, Browsers browsers, SignedIn user, CancellationToken end)
    {
        var (visits, cookie) = (new List<Visit>(), user.Cookie);
        while (!end.IsCancellationRequested)
        {
            var both = await Task.WhenAll(browsers.VisitAsync(cookie), browsers.VisitAsync(cookie));
            both.Count(visit => visit.Kind is VisitKind.Allowed && visit.UserId != user.UserId).ShouldBe(0);
            visits.AddRange(both);
            cookie = both.Select(visit => visit.SetCookie).LastOrDefault(header => header is not null) is { } renewed ? Jar.CookieOf(renewed) : cookie;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        }

        return visits;
    }
}
