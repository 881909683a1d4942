using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Users sign out.</summary>
internal static class SignOuts
{
    private const int AtOnce = 50;

    /// <summary>At any moment of a refresh, at any replica: a second later no replica lets the old cookie through, nor the new one.</summary>
    public static async Task<Tally> DuringRefreshAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed);
        await site.HearEachOtherAsync();
        var browsers = new Browsers(site.Replicas, run.Chance);
        var visits = new List<Visit>();
        foreach (var users in Enumerable.Range(0, run.IsLong ? 1000 : 60).Select(site.Expired).ToList().Chunk(AtOnce))
        {
            visits.AddRange((await Task.WhenAll(users.Select(user => RaceAsync(site, browsers, run, user)))).SelectMany(of => of));
        }

        var tally = Tally.Of(visits, site);
        tally.Rotations.ShouldBeLessThanOrEqualTo(1);
        return tally;
    }

    /// <summary>Signs out at any replica, and gives the others a second to hear of it.</summary>
    public static async Task SignOutAsync(Deployment site, Run run, string cookie)
    {
        var signedOut = await site.Replicas[run.Chance.Next(site.Replicas.Count)].CheckAsync(CheckRequests.Own("POST", "/sign-out", cookie), TimeSpan.FromSeconds(12));
        signedOut.ShouldNotBeNull().SetCookies().ShouldHaveSingleItem().ShouldStartWith("wos-session=; ");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
    }

    /// <summary>No replica lets any of the cookies through.</summary>
    public static async Task<Visit[]> AreOverAsync(Deployment site, Browsers browsers, params string[] cookies)
    {
        var late = await Task.WhenAll(cookies.SelectMany(cookie => site.Replicas.Select(replica => browsers.VisitAsync(cookie, replica))));
        late.ShouldAllBe(VisitKind.SignedOut);
        return late;
    }

    private static async Task<List<Visit>> RaceAsync(Deployment site, Browsers browsers, Run run, SignedIn user)
    {
        site.Faults.Authenticate.Latency = run.Between(0, 0.3);
        var refreshing = browsers.VisitAsync(user.Cookie);
        await Task.Delay(run.Between(0, 0.4), TimeProvider.System);
        await SignOutAsync(site, run, user.Cookie);

        var refreshed = await refreshing;
        refreshed.Kind.ShouldNotBe(VisitKind.GivenUp);
        string[] cookies = refreshed is { Kind: VisitKind.Allowed, SetCookie: { } renewed } ? [user.Cookie, Jar.CookieOf(renewed)] : [user.Cookie];
        return [refreshed, .. await AreOverAsync(site, browsers, cookies)];
    }
}
