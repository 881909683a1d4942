using System.Collections.Concurrent;
using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Many requests and no fault.</summary>
internal static class Crowds
{
    /// <summary>
    /// 8 × 200 requests with one cookie: one call of the provider, one new cookie. The first crowds meet replicas that still compile what they run, eight processes on the
    /// machine's cores; the time that counts is the last one's.
    /// </summary>
    public static async Task<Tally> OneCookieAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 8, run.Seed);
        var browsers = new Browsers(site.Replicas, run.Chance);
        await RunInAsync(site, browsers);
        var (visits, beyond, live) = (new List<Visit>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var crowd = 0; crowd < (run.IsLong ? 8 : 2); crowd++)
        {
            live.Add(Tally.NinetyNinthOf(await browsers.VisitAsync(site.SignIn(100 + crowd, TimeSpan.FromHours(1)).Cookie, 8 * 200)));
            var (user, latency) = (site.Expired(crowd), run.Between(0.05, 0.8));
            site.Faults.Authenticate.Latency = latency;

            var seen = await browsers.VisitAsync(user.Cookie, 8 * 200);

            seen.ShouldAllBeAllowedAs(user.UserId);
            seen.ShouldHaveOneCookie();
            visits.AddRange(seen);
            beyond.Add(Tally.NinetyNinthOf(seen) - latency);
        }

        var tally = Tally.Of(visits, site) with { Figures = [("99 of 100 beyond the provider", beyond[^1]), ("of the first crowd", beyond[0]), ("the last crowd with a live token", live[^1])] };
        tally.ProviderCalls.ShouldBe(1);
        await Secrecy.HoldsAsync(site);
        return tally;
    }

    /// <summary>Many sessions, 20 requests each at once: a call each, and everybody gets their own. So many at a time as two cores answer within the three seconds after which a token is sent again.</summary>
    public static async Task<Tally> ManyCookiesAsync(Run run)
    {
        var tally = await ManyCookiesAsync(run, atOnce: 50);
        tally.ProviderCalls.ShouldBe(1);
        return tally;
    }

    /// <summary>All at once. Where the machine is too busy for the provider to answer in time some tokens are sent again, and nobody is signed out.</summary>
    public static Task<Tally> HerdAsync(Run run) => ManyCookiesAsync(run, atOnce: int.MaxValue);

    private static async Task<Tally> ManyCookiesAsync(Run run, int atOnce)
    {
        await using var site = await Deployment.StartAsync(replicas: run.IsLong ? 8 : 4, run.Seed);
        var browsers = new Browsers(site.Replicas, run.Chance);
        await RunInAsync(site, browsers);
        site.Faults.Authenticate.Latency = TimeSpan.FromMilliseconds(50);
        var users = Enumerable.Range(0, run.IsLong ? 1000 : 100).Select(site.Expired).ToList();

        var visits = new ConcurrentQueue<Visit>();
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (user, _) =>
        {
            var seen = await browsers.VisitAsync(user.Cookie, 20);
            seen.ShouldAllBeAllowedAs(user.UserId);
            seen.ToList().ForEach(visits.Enqueue);
        });

        var tally = Tally.Of(visits, site);
        tally.Rotations.ShouldBe(1);
        tally.ProviderCalls.ShouldBeLessThanOrEqualTo(site.Replicas.Count);
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

    /// <summary>200 requests at any time for a minute, each of one of 1,000 users by chance, a third of them with ended tokens: every answer tells upstream of the cookie's user.</summary>
    public static async Task<Tally> UsersAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed);
        var users = Enumerable.Range(0, 1000).Select(user => site.SignIn(user, TimeSpan.FromMinutes(user % 3 is 0 ? -1 : 30))).ToList();
        var browsers = new Browsers(site.Replicas, run.Chance);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(run.IsLong ? 60 : 20));

        var visits = (await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => VisitAsync(users, browsers, run.Chance, end.Token)))).SelectMany(of => of).ToList();

        visits.Select(visited => visited.Visit).ShouldAllBe(VisitKind.Allowed);
        visits.Count(visited => visited.Visit.UserId != visited.User.UserId).ShouldBe(0);
        await Secrecy.HoldsAsync(site);
        return Tally.Of([.. visits.Select(visited => visited.Visit)], site);
    }

    /// <summary>
    /// What a service has behind it that has been running: connections, and code that was compiled well, which .NET does after thirty calls that come a moment after the first.
    /// </summary>
    private static async Task RunInAsync(Deployment site, Browsers browsers)
    {
        for (var round = 0; round < 3; round++)
        {
            var live = site.SignIn(8000 + round, TimeSpan.FromHours(1)).Cookie;
            var crowds = site.Replicas.Select(replica => (Replica: replica, Expired: Enumerable.Range(8100, 8).Select(user => site.Expired(user).Cookie).ToList())).ToList();
            await Task.WhenAll(crowds.Select(crowd => RunInAsync(browsers, crowd.Replica, live, crowd.Expired)));
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
    }

    private static async Task RunInAsync(Browsers browsers, Replica replica, string live, IEnumerable<string> expired)
    {
        foreach (var cookie in expired)
        {
            await Task.WhenAll(Enumerable.Repeat(live, 15).Concat(Enumerable.Repeat(cookie, 5)).Select(cookie => browsers.VisitAsync(cookie, replica)));
        }
    }

    private static async Task<List<(SignedIn User, Visit Visit)>> VisitAsync(List<SignedIn> users, Browsers browsers, Chance chance, CancellationToken end)
    {
        var visits = new List<(SignedIn User, Visit Visit)>();
        while (!end.IsCancellationRequested)
        {
            var user = users[chance.Next(users.Count)];
            visits.Add((user, await browsers.VisitAsync(user.Cookie)));
        }

        return visits;
    }

    /// <summary>Commands that are about records; the watchdog's pings and our own questions are not.</summary>
    private static async Task<long> CommandsAsync(Deployment site) =>
        (await site.Redis.CallsAsync()).Where(call => call.Key is "get" or "set" or "del" or "eval" or "evalsha" or "exists" or "strlen").Sum(call => call.Value);
}
