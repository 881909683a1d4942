using ExtAuthz.Faults.Load;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>Replicas come and go.</summary>
internal static class Fleets
{
    private const string NewPassword = "another-password-of-thirty-two-characters";
    private const string NamePassword = "a-name-password-of-thirty-two-characters";

    /// <summary>Each replica is replaced while users with short tokens click: nobody is signed out, no token is rotated twice.</summary>
    public static async Task<Tally> RollingRestartAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 0, run.Seed);
        return await UnderLoadAsync(run, site, replicas: 3, async () =>
        {
            for (var round = 0; round < (run.Minutes * 12 ?? (run.IsLong ? 9 : 3)); round++)
            {
                await Task.Delay(TimeSpan.FromSeconds(run.IsLong ? 5 : 4), TimeProvider.System);
                await ReplaceOneAsync(site);
            }
        });
    }

    /// <summary>
    /// The cookie password is changed in the three steps of docs/operations.md, where a second use of a token is theft: replicas that seal with different passwords
    /// share refreshes all the same, and each hears of the other's sign-outs.
    /// </summary>
    public static async Task<Tally> NewPasswordAsync(Run run)
    {
        await using var site = await Deployment.StartAsync(replicas: 0, run.Seed, TimeSpan.Zero);
        site.Settings["ExtAuthz:Redis:NamePassword"] = NamePassword;
        site.Secrets.AddRange([NewPassword, NamePassword]);
        const string both = $"1:{Deployment.Password},2:{NewPassword}";
        (string Passwords, string? Sealing)[] steps = [(both, "1"), (both, null), ($"2:{NewPassword}", null)];
        return await UnderLoadAsync(run, site, replicas: 2, async () =>
        {
            foreach (var (passwords, sealing) in steps)
            {
                (site.Settings["WORKOS_COOKIE_PASSWORD"], site.Settings["ExtAuthz:CookiePasswordId"]) = (passwords, sealing);
                await ReplaceOneAsync(site);
                await EndOneAsync(site, run);
                await Task.Delay(run.Between(0, 5), TimeProvider.System);
                await ReplaceOneAsync(site);
                await Task.Delay(site.Faults.AccessTokenLifetime + TimeSpan.FromSeconds(3), TimeProvider.System); // everybody's cookie was sealed anew
            }

            await Secrecy.HoldsAsync(site);
        });
    }

    private static async Task<Tally> UnderLoadAsync(Run run, Deployment site, int replicas, Func<Task> changeAsync)
    {
        site.Settings["ExtAuthz:RefreshBufferSeconds"] = "2";
        site.Faults.AccessTokenLifetime = TimeSpan.FromSeconds(run.IsLong ? 10 : 5);
        site.Faults.Authenticate.Latency = run.Between(0.05, 0.3);
        await site.AddReplicasAsync(replicas);
        var browsers = new Browsers(site.Replicas, run.Chance);
        using var end = new CancellationTokenSource();
        var clicking = Enumerable.Range(0, 10).Select(user => ClickAsync(site, browsers, site.Expired(user), end.Token)).ToList();

        await changeAsync();

        await end.CancelAsync();
        var visits = (await Task.WhenAll(clicking)).SelectMany(of => of).ToList();
        visits.ShouldAllBe(VisitKind.Allowed);
        var tally = Tally.Of(visits, site);
        tally.Rotations.ShouldBe(1);
        return tally;
    }

    /// <summary>Starts a replica with the settings of now and ends the oldest.</summary>
    private static async Task ReplaceOneAsync(Deployment site)
    {
        var next = await Replica.StartAsync(site.Settings);
        Replica leaving;
        lock (site.Replicas)
        {
            leaving = site.Replicas[0];
            site.Replicas.RemoveAt(0);
            site.Replicas.Add(next);
        }

        (await leaving.ShutDownAsync()).ShouldBe(0);
        await leaving.DisposeAsync();
    }

    /// <summary>A user signs out at one replica; a second later that counts at every one.</summary>
    private static async Task EndOneAsync(Deployment site, Run run)
    {
        await site.HearEachOtherAsync();
        var browsers = new Browsers(site.Replicas, run.Chance);
        var renewed = await browsers.VisitAsync(site.Expired(100 + run.Chance.Next(900)).Cookie, site.Replicas[0]);
        var cookie = Jar.CookieOf(renewed.SetCookie.ShouldNotBeNull());

        await SignOuts.SignOutAsync(site, run, cookie);

        await SignOuts.AreOverAsync(site, browsers, cookie);
    }

    /// <summary>A user with two tabs and one jar.</summary>
    private static async Task<List<Visit>> ClickAsync(Deployment site, Browsers browsers, SignedIn user, CancellationToken end)
    {
        var (visits, cookie) = (new List<Visit>(), user.Cookie);
        while (!end.IsCancellationRequested)
        {
            var both = await Task.WhenAll(browsers.VisitAsync(cookie), browsers.VisitAsync(cookie));
            both.Count(visit => visit.Kind is VisitKind.Allowed && visit.UserId != user.UserId).ShouldBe(0);
            visits.AddRange(both);
            cookie = both.Select(visit => visit.SetCookie).LastOrDefault(header => header is not null) is { } renewed ? Jar.CookieOf(renewed) : cookie;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        }

        return visits;
    }
}
