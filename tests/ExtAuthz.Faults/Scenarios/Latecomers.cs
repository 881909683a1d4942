using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Who comes with an old cookie.</summary>
internal static class Latecomers
{
    /// <summary>Good while the new one was not seen; after that for two minutes more; and then never sent to the provider.</summary>
    public static async Task<Tally> AcknowledgedAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 3, run.Seed);
        var (browsers, keys, user) = (new Browsers(site.Replicas, run.Chance), site.Keys(), site.Expired(1));
        var (result, tombstone) = (keys.Result(keys.NameOf(user.RefreshToken)), keys.Tombstone(keys.NameOf(user.RefreshToken)));
        var first = await browsers.VisitAsync(user.Cookie, site.Replicas[0]);
        (await LeftAsync(site, result)).ShouldBeInRange(800_000, 900_000);

        var acknowledgement = await browsers.VisitAsync(Jar.CookieOf(first.SetCookie!), site.Replicas[1]);
        await Redis.Tests.Servers.Eventually.TrueAsync(async () => await LeftAsync(site, tombstone) > 0);
        (await LeftAsync(site, result)).ShouldBeInRange(60_000, 120_000);
        await site.Redis.DoAsync("DEL", result); // two minutes later
        var late = await browsers.VisitAsync(user.Cookie, site.Replicas[2]);

        (first.Kind, acknowledgement.Kind, late.Kind).ShouldBe((VisitKind.Allowed, VisitKind.Allowed, VisitKind.SignedOut));
        var tally = Tally.Of([first, acknowledgement, late], site);
        tally.ProviderCalls.ShouldBe(1);
        return tally;
    }

    /// <summary>Tabs that stayed a generation or two behind all end on the newest.</summary>
    public static async Task<Tally> GenerationsAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 0, run.Seed);
        site.Settings["ExtAuthz:RefreshBufferSeconds"] = "0";
        await site.AddReplicasAsync(3);
        var (browsers, user) = (new Browsers(site.Replicas, run.Chance), site.Expired(1));
        site.Faults.AccessTokenLifetime = TimeSpan.FromSeconds(2);
        var second = await browsers.VisitAsync(user.Cookie);
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System); // ended, and old enough not to look like a wrong clock
        site.Faults.AccessTokenLifetime = TimeSpan.FromMinutes(5);

        var visits = (await Task.WhenAll(browsers.VisitAsync(user.Cookie, 50), browsers.VisitAsync(Jar.CookieOf(second.SetCookie!), 50))).SelectMany(of => of).ToList();

        visits.ShouldAllBeAllowedAs(user.UserId);
        visits.ShouldHaveOneCookie().ShouldNotBe(second.SetCookie);
        var tally = Tally.Of([second, .. visits], site);
        (tally.ProviderCalls, site.Ledger.AuthenticateCalls).ShouldBe((1, 2));
        return tally;
    }

    private static async Task<long> LeftAsync(Deployment site, string key) => long.Parse((await site.Redis.DoAsync("PTTL", key)).Text!);
}
