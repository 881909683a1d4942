using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;
using ExtAuthz.Redis.Tests.Servers;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Redis fails.</summary>
internal static class Stores
{
    /// <summary>Killed before, during and after a refresh, and empty when it is back: at most a call for each replica.</summary>
    public static Task<Tally> KilledAsync(Run run) => KilledAsync(run, TimeSpan.FromSeconds(30));

    /// <summary>The same behind a provider that takes a second use for theft: one call, and ended tokens wait.</summary>
    public static Task<Tally> KilledStrictAsync(Run run) => KilledAsync(run, TimeSpan.Zero);

    /// <summary>The new primary has nothing of a refresh; who comes with the old cookie after the provider's window still gets its result.</summary>
    public static async Task<Tally> FailedOverAsync(Run run)
    {
        var window = TimeSpan.FromSeconds(run.IsLong ? 30 : 12);
        await using var site = await Deployment.StartAsync(replicas: 0, run.Seed, window);
        await using var standby = await site.Redis.AddReplicaAsync();
        await site.AddReplicasAsync(4, new KeyValuePair<string, string?>("ExtAuthz:Redis:Configuration", $"127.0.0.1:{site.Redis.Port},{standby.Configuration}"));
        var browsers = new Browsers(site.Replicas, run.Chance);
        var users = Enumerable.Range(0, 3).Select(site.Expired).ToList();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System); // connected

        await standby.DoAsync("REPLICAOF", "127.0.0.1", $"{StoreServer.FreePort()}"); // from here on it misses everything
        var first = await Task.WhenAll(users.Select(user => browsers.VisitAsync(user.Cookie, 50)));
        await Task.Delay(run.Between(0, 1), TimeProvider.System);
        await site.Redis.KillAsync();
        await standby.PromoteAsync();
        var second = await Task.WhenAll(users.Select(user => browsers.VisitAsync(user.Cookie, 20)));
        await Task.Delay(window + TimeSpan.FromSeconds(run.IsLong ? 35 : 3), TimeProvider.System);
        await site.AddReplicasAsync(1, new KeyValuePair<string, string?>("ExtAuthz:Redis:Configuration", standby.Configuration)); // it has never seen them
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var late = await Task.WhenAll(users.Select(async user => (IReadOnlyList<Visit>)[await browsers.VisitAsync(user.Cookie, site.Replicas[^1])]));

        await site.Redis.StartAsync(); // for the end
        var visits = first.Concat(second).Concat(late).SelectMany(of => of).ToList();
        visits.ShouldAllBe(VisitKind.Allowed);
        var tally = Tally.Of(visits, site);
        (tally.ProviderCalls, tally.Rotations).ShouldSatisfyAllConditions(calls => calls.ProviderCalls.ShouldBeLessThanOrEqualTo(8), calls => calls.Rotations.ShouldBe(1));
        return tally;
    }

    /// <summary>One trouble after another; live tokens do not notice, ended ones are refreshed by each replica for itself.</summary>
    public static async Task<Tally> FailingAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 3, run.Seed);
        await site.AddReplicasAsync(1, new KeyValuePair<string, string?>("ExtAuthz:Redis:Configuration", $"127.0.0.1:{StoreServer.FreePort()}")); // cut off for good
        await using var other = await RedisServer.RunAsync();
        var redis = site.Redis;
        (Func<Task> Break, Func<Task> Mend)[] troubles =
        [
            (redis.PauseAsync, redis.ResumeAsync),
            (() => redis.DoAsync("CLIENT", "PAUSE", "2000", "ALL"), () => Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System)),
            (() => redis.DoAsync("REPLICAOF", "127.0.0.1", $"{other.Port}"), redis.PromoteAsync),
            (() => redis.DoAsync("CONFIG", "SET", "maxmemory", "1"), () => redis.DoAsync("CONFIG", "SET", "maxmemory", "0")),
            (() => ChangePasswordAsync(redis, "another"), () => ChangePasswordAsync(redis, RedisServer.Password)),
        ];
        var browsers = new Browsers(site.Replicas, run.Chance);
        await using var warm = await Warm.StartAsync(site, browsers);
        var visits = new List<Visit>();
        foreach (var (number, trouble) in troubles.Index())
        {
            await trouble.Break();
            visits.AddRange(await browsers.VisitAsync(site.Expired(number).Cookie, 100));
            await trouble.Mend();
            await Task.Delay(TimeSpan.FromSeconds(run.IsLong ? 5 : 1), TimeProvider.System);
        }

        visits.AddRange(await warm.UnaffectedAsync());
        visits.ShouldAllBe(VisitKind.Allowed);
        var tally = Tally.Of(visits, site) with { Figures = warm.Figures };
        (tally.ProviderCalls, tally.Rotations).ShouldSatisfyAllConditions(calls => calls.ProviderCalls.ShouldBeLessThanOrEqualTo(8), calls => calls.Rotations.ShouldBe(1));
        return tally;
    }

    /// <summary>Records that are not ours count as none; nobody becomes somebody else.</summary>
    public static async Task<Tally> SpoiltAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 2, run.Seed);
        var (browsers, keys, other) = (new Browsers(site.Replicas, run.Chance), site.Keys(), site.Expired(100));
        await browsers.VisitAsync(other.Cookie);
        var foreign = (await site.Redis.DoAsync("GET", keys.Result(keys.NameOf(other.RefreshToken)))).Text.ShouldNotBeNull();
        Func<string, string[][]>[] spoils =
        [
            key => [["SET", key, "garbage"]],
            key => [["SET", key, ""]],
            key => [["SET", key, foreign]],
            key => [["SET", key, new string('x', 100_000)]],
            key => [["DEL", key], ["RPUSH", key, foreign]],
            key => [["SETRANGE", key, "60", "\u0001\u0002\u0003"]],
        ];
        var visits = new List<Visit>();
        foreach (var (number, spoil) in spoils.Index())
        {
            var user = site.Expired(number);
            var name = keys.NameOf(user.RefreshToken);
            await DoAsync(site.Redis, [.. spoil(keys.Attempt(name)), .. spoil(keys.Failure(name, organizationId: null))]);
            visits.Add(await browsers.VisitAsync(user.Cookie, site.Replicas[0]));
            await DoAsync(site.Redis, spoil(keys.Result(name)));
            visits.Add(await browsers.VisitAsync(user.Cookie, site.Replicas[1])); // it did not see the first visit
            visits.TakeLast(2).ShouldAllBeAllowedAs(user.UserId);
        }

        var tally = Tally.Of(visits, site);
        tally.Rotations.ShouldBe(1);
        return tally;
    }

    private static async Task<Tally> KilledAsync(Run run, TimeSpan replayWindow)
    {
        var isStrict = replayWindow == TimeSpan.Zero;
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed, replayWindow);
        var browsers = new Browsers(site.Replicas, run.Chance);
        await using var warm = await Warm.StartAsync(site, browsers);
        var (before, during, after) = (site.Expired(1), site.Expired(2), site.Expired(3));
        var visits = (await browsers.VisitAsync(after.Cookie, 1)).ToList();

        site.Faults.Authenticate.Latency = TimeSpan.FromSeconds(1);
        var caught = browsers.VisitAsync(during.Cookie, 100);
        await site.AskedAsync(during);
        var killed = TimeProvider.System.GetTimestamp();
        await site.Redis.KillAsync();
        var waiting = browsers.VisitAsync(before.Cookie, 100);
        await Task.Delay(TimeSpan.FromSeconds(run.IsLong ? 5 : 3), TimeProvider.System);
        (await Task.WhenAny(waiting, Task.Delay(isStrict ? TimeSpan.Zero : TimeSpan.FromSeconds(20), TimeProvider.System)) == waiting).ShouldBe(!isStrict, "answered without Redis");
        await site.Redis.StartAsync();
        var outage = TimeProvider.System.GetElapsedTime(killed);
        visits.AddRange(await browsers.VisitAsync(after.Cookie, 100));
        visits.AddRange(await browsers.VisitAsync(during.Cookie, 100));
        visits.AddRange(await caught);
        visits.AddRange(await waiting);

        visits.AddRange(await warm.UnaffectedAsync());
        visits.ShouldAllBe(VisitKind.Allowed);
        var busyFor = visits.Max(visit => visit.BusyFor);
        if (isStrict && run.IsLong)
        {
            busyFor.ShouldBeLessThan(outage + TimeSpan.FromSeconds(3), "the last 503"); // within a build the machine may be too busy for it
        }

        var tally = Tally.Of(visits, site) with { Figures = [.. warm.Figures, ("last 503", busyFor)] };
        (tally.ProviderCalls, tally.Rotations).ShouldSatisfyAllConditions(calls => calls.ProviderCalls.ShouldBeLessThanOrEqualTo(isStrict ? 1 : 8), calls => calls.Rotations.ShouldBe(1));
        return tally;
    }

    private static async Task DoAsync(RedisServer redis, IEnumerable<string[]> commands)
    {
        foreach (var command in commands)
        {
            await redis.DoAsync(command);
        }
    }

    private static async Task ChangePasswordAsync(RedisServer redis, string password)
    {
        await redis.DoAsync("ACL", "SETUSER", "default", "resetpass", $">{password}");
        await redis.DoAsync("CLIENT", "KILL", "USER", "default");
    }
}
