using ExtAuthz.FakeWorkOS.FaultInjection;
using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>The provider fails, or says no.</summary>
internal static class Providers
{
    private static readonly FaultAnswer[] Failures =
        [new FaultAnswer.Status(500), new FaultAnswer.Html(502), new FaultAnswer.Status(503), new FaultAnswer.Status(504), new FaultAnswer.Status(408)];

    /// <summary>Some answers take longer than anybody waits: 503, and the next request has the result.</summary>
    public static async Task<Tally> SlowAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 3, run.Seed);
        var browsers = new Browsers(site.Replicas, run.Chance);
        double[] latencies = run.IsLong ? [.. Enumerable.Range(0, 9).Select(_ => run.Between(0.05, 12).TotalSeconds).Append(11.5).Order()] : [0.05, 1, 4, 11.5];
        var crowds = new List<(double Latency, Task<IReadOnlyList<Visit>> Visits)>();
        var users = latencies.Index().Select(latency => (User: site.Expired(latency.Index), Latency: latency.Item)).ToList();
        foreach (var (slow, latency) in users)
        {
            site.Faults.Authenticate.Latency = TimeSpan.FromSeconds(latency);
            crowds.Add((latency, browsers.VisitAsync(slow.Cookie, 30)));
            await site.AskedAsync(slow);
        }

        var visits = (await Task.WhenAll(crowds.Select(crowd => crowd.Visits))).SelectMany(of => of).ToList();
        foreach (var crowd in crowds.Where(crowd => crowd.Latency > 10.5))
        {
            (await crowd.Visits).Count(visit => visit.Busy > 0).ShouldBeGreaterThan(0, "nobody waits longer than 10 s");
        }

        visits.ShouldAllBe(VisitKind.Allowed);
        var tally = Tally.Of(visits, site);
        tally.ProviderCalls.ShouldBeLessThanOrEqualTo(3);
        tally.Rotations.ShouldBe(1);
        return tally;
    }

    /// <summary>The token is rotated and the connection breaks: sent again, it brings the same pair.</summary>
    public static async Task<Tally> LostAnswersAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 3, run.Seed);
        site.Faults.Authenticate.Latency = TimeSpan.FromMilliseconds(100);
        site.Faults.Authenticate.LostAnswers = 1 / 3.0;
        var browsers = new Browsers(site.Replicas, run.Chance);
        var users = Enumerable.Range(0, run.IsLong ? 40 : 15).Select(site.Expired).ToList();

        var visits = (await Task.WhenAll(users.Select(user => browsers.VisitAsync(user.Cookie, 20)))).SelectMany(of => of).ToList();

        visits.ShouldAllBe(VisitKind.Allowed);
        var tally = Tally.Of(visits, site);
        tally.Rotations.ShouldBe(1);
        tally.Slowest.ShouldBeLessThan(TimeSpan.FromSeconds(24));
        return tally;
    }

    /// <summary>Outages of every kind end nobody's session, and do not outlast themselves.</summary>
    public static async Task<Tally> FailingAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 3, run.Seed);
        var browsers = new Browsers(site.Replicas, run.Chance);
        var user = site.Expired(1);
        site.Faults.Authenticate.Answer(Failures[0]);
        var crowd = browsers.VisitAsync(user.Cookie, 60);
        foreach (var failure in Failures)
        {
            site.Faults.Authenticate.Answer(failure);
            await Task.Delay(TimeSpan.FromSeconds(run.IsLong ? 4 : 1.5), TimeProvider.System);
        }

        crowd.IsCompleted.ShouldBeFalse();
        site.Faults.Clear();
        var mended = TimeProvider.System.GetTimestamp();
        var visits = await crowd.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        var recovery = TimeProvider.System.GetElapsedTime(mended);

        visits.ShouldAllBe(VisitKind.Allowed);

        visits.Count(visit => visit.Busy > 0).ShouldBe(visits.Count);
        var tally = Tally.Of(visits, site) with { Figures = [("all answered after the mend", recovery)] };
        tally.Rotations.ShouldBe(1);
        return tally;
    }

    /// <summary>No replica calls before the provider's time is over.</summary>
    public static async Task<Tally> LimitedAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 3, run.Seed);
        var browsers = new Browsers(site.Replicas, run.Chance);
        var user = site.Expired(1);
        site.Faults.Authenticate.Answer(new FaultAnswer.Status(429, RetryAfter: TimeSpan.FromSeconds(5)));
        var crowd = Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            await Task.Delay(run.Between(0, 5), TimeProvider.System);
            return await browsers.VisitAsync(user.Cookie);
        }));
        await Task.Delay(TimeSpan.FromSeconds(9), TimeProvider.System);
        site.Ledger.For(user.RefreshToken.Value).Uses.ShouldBeLessThanOrEqualTo(2);
        site.Faults.Clear();

        var visits = await crowd;

        visits.ShouldAllBe(VisitKind.Allowed);
        return Tally.Of(visits, site);
    }

    /// <summary>One call tells it to everybody; each loses its cookie and is not asked again.</summary>
    public static async Task<Tally> EndedAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 4, run.Seed);
        var user = site.Expired(1);
        site.Sessions.End(user.SessionId);

        var visits = await new Browsers(site.Replicas, run.Chance).VisitAsync(user.Cookie, 1600);

        visits.ShouldAllBe(VisitKind.SignedOut);
        Jar.ValueOf(visits.ShouldHaveOneCookie()).ShouldBeEmpty();
        var tally = Tally.Of(visits, site);
        tally.ProviderCalls.ShouldBe(1);
        return tally;
    }

    /// <summary>Our own key is refused: nobody is signed out, and all goes on when the operator has put it right.</summary>
    public static async Task<Tally> RefusingUsAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 3, run.Seed);
        var user = site.Expired(1);
        site.Faults.Authenticate.Answer(new FaultAnswer.Status(400, "invalid_client"));
        var crowd = new Browsers(site.Replicas, run.Chance).VisitAsync(user.Cookie, 60);
        await site.AskedAsync(user);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        crowd.IsCompleted.ShouldBeFalse();
        site.Faults.Clear();

        var visits = await crowd;

        visits.ShouldAllBe(VisitKind.Allowed);

        visits.Count(visit => visit.Busy > 0).ShouldBe(visits.Count);
        return Tally.Of(visits, site);
    }

    /// <summary>The application behind us exchanged the token a moment before: within the window it costs nothing.</summary>
    public static async Task<Tally> SharedTokenAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 2, run.Seed);
        var user = site.Expired(1);
        await site.ExchangeElsewhereAsync(user);

        var visits = await new Browsers(site.Replicas, run.Chance).VisitAsync(user.Cookie, 100);

        visits.ShouldAllBe(VisitKind.Allowed);
        var tally = Tally.Of(visits, site);
        (tally.ProviderCalls, tally.Rotations).ShouldBe((2, 1));
        return tally;
    }
}
