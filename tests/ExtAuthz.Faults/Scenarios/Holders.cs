using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>The replica that exchanges a token fails.</summary>
internal static class Holders
{
    /// <summary>Its lock ends, another one finds that the token may have been sent, and sends it again within the provider's window.</summary>
    private static readonly TimeSpan TakenOver = TimeSpan.FromSeconds(7);

    /// <summary>Killed before it sent the token, while the provider works, and when the answer has just left the provider.</summary>
    public static async Task<Tally> KilledAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed);
        var latency = site.Faults.Authenticate.Latency = run.Between(0.1, 0.8);
        var browsers = new Browsers(site.Replicas, run.Chance);

        var (keys, early) = (site.Keys(), site.Expired(1));
        var name = keys.NameOf(early.RefreshToken);
        await site.Redis.DoAsync("SET", keys.Lock(name), "a replica that is gone", "PX", "5000");
        await site.Redis.DoAsync("SET", keys.Attempt(name), $"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}", "PX", "900000");
        var visits = (await browsers.VisitAsync(early.Cookie, 200)).ToList();

        visits.AddRange(await KillAsync(site, browsers, site.Expired(2), run.Chance.NextFraction() * latency));
        var answered = site.Expired(3);
        visits.AddRange(await KillAsync(site, browsers, answered, latency: null));

        var tally = Tally.Of(visits, site);
        visits.ShouldAllBe(VisitKind.Allowed);
        tally.ShouldSatisfyAllConditions(
            () => tally.ProviderCalls.ShouldBeLessThanOrEqualTo(2),
            () => tally.Rotations.ShouldBe(1),
            () => tally.Slowest.ShouldBeLessThan(TakenOver * 2));
        return tally;
    }

    /// <summary>It stands still for 20 s with the answer on its way; another one takes over, and what it brings later changes nothing. Woken, it asks again before it sends the token once more.</summary>
    public static async Task<Tally> PausedAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed);
        site.Faults.Authenticate.Latency = run.Between(0.3, 1);
        var (user, holder, browsers) = (site.Expired(1), site.Replicas[0], new Browsers(site.Replicas, run.Chance));
        var early = browsers.VisitAsync(user.Cookie, holder);
        await site.AskedAsync(user);
        await holder.PauseAsync();
        site.Remove(holder);

        var others = await browsers.VisitAsync(user.Cookie, 200);
        await Task.Delay(TimeSpan.FromSeconds(run.IsLong ? 14 : 3), TimeProvider.System);
        await holder.ResumeAsync();
        await early;
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        Visit[] late = [await browsers.VisitAsync(user.Cookie, holder), await browsers.VisitAsync(user.Cookie)];
        await holder.DisposeAsync();

        var tally = Tally.Of([.. others, .. late, await early], site);
        others.Concat(late).ShouldAllBe(VisitKind.Allowed);
        others.ShouldHaveOneCookie();
        others.Concat(late).Select(visit => site.Open(visit.SetCookie!).RefreshToken).Distinct().ShouldHaveSingleItem();
        tally.ShouldSatisfyAllConditions(
            () => tally.ProviderCalls.ShouldBeLessThanOrEqualTo(2),
            () => tally.Rotations.ShouldBe(1),
            () => others.Max(visit => visit.Took).ShouldBeLessThan(TakenOver * 2));
        return tally;
    }

    /// <summary>A crowd; its holder is killed so long after it sent the token, or when the provider has answered.</summary>
    private static async Task<IReadOnlyList<Visit>> KillAsync(Deployment site, Browsers browsers, SignedIn user, TimeSpan? latency)
    {
        var holder = site.Replicas[0];
        var first = browsers.VisitAsync(user.Cookie, holder);
        await site.AskedAsync(user);
        var others = browsers.VisitAsync(user.Cookie, 200);
        await (latency is { } wait
            ? Task.Delay(wait, TimeProvider.System)
            : Redis.Tests.Servers.Eventually.TrueAsync(() => site.Ledger.For(user.RefreshToken.Value).Deliveries > 0));
        await site.KillAsync(holder);
        return [await first, .. await others];
    }
}
