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
        var visits = (await PlayAsync(site, run)).SelectMany(user => user.Visits).ToList();

        visits.ShouldAllBe(VisitKind.Allowed);
        return Tally.Of(visits, site);
    }

    /// <summary>Behind one that takes a second use for theft, those are whose answer is nowhere: it never left the provider, or was of a replica alone that is gone. Nobody else.</summary>
    public static async Task<Tally> StrictAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed, replayWindow: TimeSpan.Zero);
        var played = await PlayAsync(site, run);

        played.Where(user => !user.IsLost).SelectMany(user => user.Visits).ShouldAllBe(VisitKind.Allowed);
        var tally = Tally.Of([.. played.SelectMany(user => user.Visits)], site);
        tally.GivenUp.ShouldBe(0);
        return tally;
    }

    private static async Task<List<(IReadOnlyList<Visit> Visits, bool IsLost)>> PlayAsync(Deployment site, Run run)
    {
        var (browsers, played) = (new Browsers(site.Replicas, run.Chance), new List<(IReadOnlyList<Visit> Visits, bool IsLost)>());
        for (var round = 0; round < (run.IsLong ? 3 : 1); round++)
        {
            var (started, users) = (TimeProvider.System.GetTimestamp(), Enumerable.Range(round * 5, 5).Select(site.Expired).ToList());
            foreach (var (user, visits) in await PlayAsync(site, run, browsers, users))
            {
                played.Add((visits, IsLost(site, user, visits, started)));
            }

            site.Faults.Clear();
            await site.ConnectedAsync();
        }

        Tally.Of([.. played.SelectMany(user => user.Visits)], site).Rotations.ShouldBe(1);
        return played;
    }

    /// <summary>Whether nobody had a user's new token who could have told it, when a browser was first sent away.</summary>
    private static bool IsLost(Deployment site, SignedIn user, IReadOnlyList<Visit> visits, long roundStarted)
    {
        if (!visits.Any(visit => visit.Kind is VisitKind.SignedOut))
        {
            return false;
        }

        var first = visits.Where(visit => visit.Kind is VisitKind.SignedOut).Min(visit => visit.At);
        var knowing = visits.Where(visit => visit.Kind is VisitKind.Allowed).Select(visit => visit.By).Distinct().ToList();
        return site.Ledger.For(user.RefreshToken.Value).Deliveries is 0
            || (site.Killed.Any(replica => replica.KilledAt > roundStarted && replica.KilledAt < first)
                && knowing.TrueForAll(replica => replica!.KilledAt < first) // it answered
                && (knowing.Count is 0 || site.Redis.KilledAt > roundStarted));
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
            await site.KillAsync(site.Replicas[0]);
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
