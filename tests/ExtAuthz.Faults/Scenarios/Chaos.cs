using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Rounds of troubles that chance puts together: replicas are killed and replaced, Redis is killed and comes back empty, the provider is slow, and loses answers.</summary>
internal static class Chaos
{
    /// <summary>Behind a provider that answers an exchanged token again for 30 s nobody is signed out.</summary>
    public static async Task<Tally> WithReplayAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed);
        var visits = (await PlayAsync(site, run)).SelectMany(of => of.Visits).ToList();

        visits.ShouldAllBe(VisitKind.Allowed);
        return Tally.Of(visits, site);
    }

    /// <summary>Behind one that takes a second use for theft, those are whose token was exchanged for an answer that never left the provider; nobody else.</summary>
    public static async Task<Tally> StrictAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed, replayWindow: TimeSpan.Zero);
        var played = await PlayAsync(site, run);

        foreach (var (user, visits) in played)
        {
            if (site.Ledger.For(user.RefreshToken.Value) is not { Uses: > 0, Deliveries: 0 })
            {
                visits.ShouldAllBe(VisitKind.Allowed);
            }
        }

        var tally = Tally.Of([.. played.SelectMany(of => of.Visits)], site);
        tally.GivenUp.ShouldBe(0);
        return tally;
    }

    private static async Task<List<(SignedIn User, IReadOnlyList<Visit> Visits)>> PlayAsync(Deployment site, Run run)
    {
        var (browsers, played) = (new Browsers(site.Replicas, run.Chance), new List<(SignedIn User, IReadOnlyList<Visit> Visits)>());
        for (var round = 0; round < (run.IsLong ? 3 : 1); round++)
        {
            var users = Enumerable.Range(round * 5, 5).Select(site.Expired).ToList();
            played.AddRange(await PlayAsync(site, run, browsers, users));
            site.Faults.Clear();
            await site.ConnectedAsync();
        }

        Tally.Of([.. played.SelectMany(of => of.Visits)], site).Rotations.ShouldBe(1);
        return played;
    }

    private static async Task<(SignedIn User, IReadOnlyList<Visit> Visits)[]> PlayAsync(Deployment site, Run run, Browsers browsers, List<SignedIn> users)
    {
        site.Faults.Authenticate.Latency = run.Between(0.05, run.Chance.Next(3) is 0 ? 0.5 : 5);
        site.Faults.Authenticate.LostAnswers = run.Chance.Next(3) is 0 ? 0 : 1 / 3.0;
        Func<Deployment, Run, Task>[] troubles = run.Chance.Next(3) switch
        {
            0 => [ReplaceReplicasAsync],
            1 => [KillRedisAsync],
            _ => [ReplaceReplicasAsync, KillRedisAsync],
        };
        var crowds = users.Select(user => VisitAsync(user, 40)).ToList();
        await Task.WhenAll(troubles.Select(trouble => trouble(site, run)));
        crowds.AddRange(users.Select(user => VisitAsync(user, 10)));
        return await Task.WhenAll(crowds);

        async Task<(SignedIn User, IReadOnlyList<Visit> Visits)> VisitAsync(SignedIn user, int requests) => (user, await browsers.VisitAsync(user.Cookie, requests));
    }

    private static async Task ReplaceReplicasAsync(Deployment site, Run run)
    {
        for (var kill = 0; kill < 2; kill++)
        {
            await Task.Delay(run.Between(0.1, 2), TimeProvider.System);
            Replica killed;
            lock (site.Replicas)
            {
                killed = site.Replicas[0];
                site.Replicas.RemoveAt(0);
            }

            await killed.DisposeAsync();
            var next = await Replica.StartAsync(site.Settings);
            lock (site.Replicas)
            {
                site.Replicas.Add(next);
            }
        }
    }

    private static async Task KillRedisAsync(Deployment site, Run run)
    {
        await Task.Delay(run.Between(0, 3), TimeProvider.System);
        await site.Redis.KillAsync();
        await Task.Delay(run.Between(0.3, 5), TimeProvider.System);
        await site.Redis.StartAsync();
    }
}
