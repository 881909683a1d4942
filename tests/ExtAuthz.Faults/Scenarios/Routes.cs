using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;
using ExtAuthz.Redis.Tests.Servers;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Redis is well, but not where it was, or not to be reached by all.</summary>
internal static class Routes
{
    private const string Setting = "ExtAuthz:Redis:Configuration";

    /// <summary>Three replicas of eight are cut off amid a crowd and come back: those who are cut off ask for themselves.</summary>
    public static async Task<Tally> PartedAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 5, run.Seed);
        await using var relay = new Relay(site.Redis.Port);
        await site.AddReplicasAsync(3, new KeyValuePair<string, string?>(Setting, $"127.0.0.1:{relay.Port},password={RedisServer.Password}"));
        await site.ConnectedAsync();

        return await PlayAsync(site, run, Cut, Mend);

        Task Cut()
        {
            relay.Cut();
            return Task.CompletedTask;
        }

        Task Mend()
        {
            relay.Mend();
            return Task.CompletedTask;
        }
    }

    /// <summary>All slots of a Redis Cluster move to the other node, and back: replicas follow.</summary>
    public static async Task<Tally> MovedAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 0, run.Seed);
        await using var cluster = await RedisCluster.RunAsync();
        await site.AddReplicasAsync(4, new KeyValuePair<string, string?>(Setting, cluster.Configuration));
        await Eventually.TrueAsync(async () => (await cluster.Owner.DoAsync("CLIENT", "LIST")).Text!.Split(" user=default ").Length > 4); // a client lists every node

        return await PlayAsync(site, run, cluster.MoveAsync, MoveBackAsync);

        async Task MoveBackAsync()
        {
            (await ScriptsAsync(cluster.Owner)).ShouldBeGreaterThan(0, "the replicas followed");
            await cluster.MoveAsync();
        }
    }

    private static async Task<Tally> PlayAsync(Deployment site, Run run, Func<Task> breakAsync, Func<Task> mendAsync)
    {
        var browsers = new Browsers(site.Replicas, run.Chance);
        await using var warm = await Warm.StartAsync(site, browsers);
        site.Faults.Authenticate.Latency = run.Between(0.3, 1);
        var (caught, users) = (site.Expired(0), Enumerable.Range(1, 4).Select(site.Expired).ToList());

        var crowd = browsers.VisitAsync(caught.Cookie, 200);
        await site.AskedAsync(caught);
        await breakAsync();
        var visits = (await browsers.VisitAsync(users[0].Cookie, 200)).ToList();
        visits.AddRange(await crowd);
        await Task.Delay(TimeSpan.FromSeconds(run.IsLong ? 10 : 2), TimeProvider.System);
        visits.AddRange(await browsers.VisitAsync(users[1].Cookie, 200));
        crowd = browsers.VisitAsync(users[2].Cookie, 200);
        await site.AskedAsync(users[2]);
        await mendAsync();
        visits.AddRange(await browsers.VisitAsync(users[3].Cookie, 200));
        visits.AddRange(await crowd);

        visits.AddRange(await warm.UnaffectedAsync());
        visits.ShouldAllBe(VisitKind.Allowed);
        var tally = Tally.Of(visits, site) with { Figures = warm.Figures };
        (tally.ProviderCalls, tally.Rotations).ShouldSatisfyAllConditions(calls => calls.ProviderCalls.ShouldBeLessThanOrEqualTo(8), calls => calls.Rotations.ShouldBe(1));
        return tally;
    }

    private static async Task<long> ScriptsAsync(RedisServer node) => (await node.CallsAsync()).Where(call => call.Key is "eval" or "evalsha").Sum(call => call.Value);
}
