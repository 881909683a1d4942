using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Many requests and no fault.</summary>
internal static class Crowds
{
    /// <summary>8 × 200 requests with one cookie: one call of the provider, one new cookie.</summary>
    public static async Task<Tally> OneCookieAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 8, run.Seed);
        site.Faults.Authenticate.Latency = run.Between(0.05, 0.8);
        var user = site.Expired(1);
        await Task.WhenAll(site.Replicas.Select(replica => replica.CheckAsync(Server.Tests.Hosting.CheckRequests.Get("/public"), TimeSpan.FromSeconds(12)))); // connected

        var visits = await new Browsers(site.Replicas, run.Chance).VisitAsync(user.Cookie, 8 * 200);

        var tally = Tally.Of(visits, site);
        visits.ShouldAllBeAllowedAs(user.UserId);
        visits.ShouldHaveOneCookie();
        tally.ProviderCalls.ShouldBe(1);
        await Secrecy.HoldsAsync(site);
        return tally;
    }

    /// <summary>Many sessions, 20 requests each: a call each, and everybody gets their own.</summary>
    public static async Task<Tally> ManyCookiesAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed);
        site.Faults.Authenticate.Latency = TimeSpan.FromMilliseconds(50);
        var users = Enumerable.Range(0, run.IsLong ? 300 : 100).Select(site.Expired).ToList();
        var browsers = new Browsers(site.Replicas, run.Chance);

        var visits = (await Task.WhenAll(users.Select(async user => (User: user, Visits: await browsers.VisitAsync(user.Cookie, 20))))).ToList();

        foreach (var (user, seen) in visits)
        {
            seen.ShouldAllBeAllowedAs(user.UserId);
        }

        var tally = Tally.Of([.. visits.SelectMany(visited => visited.Visits)], site);
        tally.Rotations.ShouldBe(1);
        tally.ProviderCalls.ShouldBeLessThanOrEqualTo(site.Replicas.Count); // more than one only where the machine kept a replica from hearing Redis for seconds
        await Secrecy.HoldsAsync(site);
        return tally;
    }

    /// <summary>10,000 requests with cookies that every replica has seen: not one command of Redis.</summary>
    public static async Task<Tally> WarmAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 2, run.Seed);
        var users = Enumerable.Range(0, 100).Select(user => site.SignIn(user, TimeSpan.FromMinutes(30))).ToList();
        var browsers = new Browsers(site.Replicas, run.Chance);
        await Task.WhenAll(users.SelectMany(user => site.Replicas.Select(replica => browsers.VisitAsync(user.Cookie, replica))));
        var before = await CommandsAsync(site);

        var visits = (await Task.WhenAll(users.Select(user => browsers.VisitAsync(user.Cookie, 100)))).SelectMany(of => of).ToList();

        visits.ShouldAllBe(VisitKind.Allowed);

        visits.Count(visit => visit.SetCookie == null).ShouldBe(visits.Count);
        (await CommandsAsync(site)).ShouldBe(before);
        return Tally.Of(visits, site);
    }

    /// <summary>1,000 users, some of whose tokens have ended: every answer tells upstream of the cookie's user.</summary>
    public static async Task<Tally> UsersAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed);
        var users = Enumerable.Range(0, 1000).Select(user => site.SignIn(user, TimeSpan.FromMinutes(user % 3 is 0 ? -1 : 30))).ToList();
        var browsers = new Browsers(site.Replicas, run.Chance);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(run.IsLong ? 60 : 20));
        var seen = new List<Visit>();
        for (var round = 0; round < 200 && !end.IsCancellationRequested; round++)
        {
            var visits = await Task.WhenAll(users.Select(async user => (user.UserId, Visit: await browsers.VisitAsync(user.Cookie))));
            visits.Select(visited => visited.Visit).ShouldAllBe(VisitKind.Allowed);
            visits.Count(visited => visited.Visit.UserId != visited.UserId).ShouldBe(0);
            seen.AddRange(visits.Select(visited => visited.Visit));
        }

        await Secrecy.HoldsAsync(site);
        return Tally.Of(seen, site);
    }

    /// <summary>Commands that are about records; the watchdog's pings and our own questions are not.</summary>
    private static async Task<long> CommandsAsync(Deployment site) =>
        (await site.Redis.CallsAsync()).Where(call => call.Key is "get" or "set" or "del" or "eval" or "evalsha" or "exists" or "strlen").Sum(call => call.Value);
}
