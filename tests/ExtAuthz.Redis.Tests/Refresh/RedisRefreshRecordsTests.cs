using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Redis.Tests.Refresh;

/// <summary>Two replicas and one Redis.</summary>
public sealed class RedisRefreshRecordsTests
{
    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task One_replica_exchanges_and_the_other_gets_its_very_cookie(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var (grant, renewal) = (Replica.NewGrant(), one.Renewal());
        await Eventually.TrueAsync(async () => await one.ClaimAsync(Replica.NewGrant()) is RefreshClaim.Granted); // the first script of all may be slow

        (await one.ClaimAsync(grant, "one")).ShouldBe(new RefreshClaim.Granted(SinceFirstSend: null));
        (await other.ClaimAsync(grant, "other")).ShouldBeOfType<RefreshClaim.Held>();
        (await one.PublishAsync(grant, renewal, "one")).ShouldBeSameAs(renewal);

        Settled(await other.ClaimAsync(grant, "other")).ShouldBe(renewal);
        Settled(await other.ClaimAsync(grant with { OrganizationId = "org_2" }, "other")).ShouldBe(renewal, "the token is spent whatever is asked for");
    }

    [Fact]
    public async Task A_renewal_is_written_once_and_the_second_gets_the_firsts()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var (grant, first, second) = (Replica.NewGrant(), one.Renewal(), one.Renewal());

        await one.PublishAsync(grant, first, "one");

        (await other.PublishAsync(grant, second, "other")).ShouldBe(first);
        (await other.PublishAsync(grant, new RefreshResult.Ended("invalid_grant"), "other")).ShouldBe(first);
        Settled(await other.ClaimAsync(grant)).ShouldBe(first);
    }

    [Fact]
    public async Task A_failure_is_written_by_the_owner_alone_and_for_one_organisation()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var grant = Replica.NewGrant();
        var ended = new RefreshResult.Ended("sso_required") { Redirect = new ProviderRedirect("https://auth.example.com/step-up") };
        await one.ClaimAsync(grant, "one");

        await other.PublishAsync(grant, ended, "other");
        (await other.ClaimAsync(grant, "other")).ShouldBeOfType<RefreshClaim.Held>();
        await one.PublishAsync(grant, ended, "one");

        Settled(await other.ClaimAsync(grant, "other")).ShouldBe(ended);
        (await other.ClaimAsync(grant with { OrganizationId = "org_2" }, "other")).ShouldBeOfType<RefreshClaim.Granted>();
    }

    [Fact]
    public async Task An_outage_of_the_provider_is_shared_for_as_long_as_it_asks()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var grant = Replica.NewGrant();
        await one.ClaimAsync(grant, "one");

        await one.PublishAsync(grant, new RefreshResult.Unavailable("429", TimeSpan.FromSeconds(5)) { IsOperatorFault = true }, "one");

        var shared = Settled(await other.ClaimAsync(grant, "other")).ShouldBeOfType<RefreshResult.Unavailable>();
        (shared.Cause, shared.IsOperatorFault).ShouldBe(("429", true));
        shared.RetryAfter.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("Redis", true)]
    [InlineData("Redis", false)]
    [InlineData("Garnet", true)]
    public async Task Who_waits_is_told_when_the_token_is_let_go_of(string kind, bool isSettled)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server, clock: new FakeTimeProvider()); // no time passes: only a message wakes it
        await Eventually.TrueAsync(async () =>
        {
            var grant = Replica.NewGrant();
            await one.ClaimAsync(grant, "one");
            if (await other.ClaimAsync(grant, "other") is not RefreshClaim.Held held)
            {
                return false;
            }

            await (isSettled ? one.PublishAsync(grant, one.Renewal(), "one") : one.Records.ReleaseAsync(grant, "one", TestContext.Current.CancellationToken).AsTask());
            await Task.WhenAny(held.AskAgain, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken)); // it listens from about a second after its start
            return held.AskAgain.IsCompleted && (await other.ClaimAsync(grant, "other") is RefreshClaim.Settled) == isSettled;
        });
    }

    [Fact]
    public async Task Who_slept_and_asks_again_learns_what_another_made_of_the_token()
    {
        await using var server = await RedisServer.RunAsync();
        await using var asleep = await Replica.StartAsync(server, locks: new RefreshLock(TimeSpan.FromMilliseconds(200), TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        await using var other = await Replica.StartAsync(server);
        var (grant, renewal) = (Replica.NewGrant(), other.Renewal());
        await asleep.ClaimAsync(grant, "asleep");
        await Eventually.TrueAsync(async () => await other.ClaimAsync(grant, "other") is RefreshClaim.Granted);

        (await asleep.ClaimAsync(grant, "asleep")).ShouldBeOfType<RefreshClaim.Held>();
        await other.PublishAsync(grant, renewal, "other");
        Settled(await asleep.ClaimAsync(grant, "asleep")).ShouldBe(renewal);
    }

    [Fact]
    public async Task Who_takes_over_learns_that_the_token_may_have_been_sent()
    {
        await using var server = await RedisServer.RunAsync();
        await using var dead = await Replica.StartAsync(server, locks: new RefreshLock(TimeSpan.FromMilliseconds(200), TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        await using var other = await Replica.StartAsync(server);
        var grant = Replica.NewGrant();
        await dead.ClaimAsync(grant, "dead");
        RefreshClaim? claim = null;

        await Eventually.TrueAsync(async () => (claim = await other.ClaimAsync(grant, "other")) is not RefreshClaim.Held);

        claim.ShouldBeOfType<RefreshClaim.Granted>().SinceFirstSend.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(199));
    }

    [Fact]
    public async Task A_lock_is_renewed_while_it_is_needed_and_given_up_after()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server, locks: new RefreshLock(TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)));
        await using var other = await Replica.StartAsync(server);
        var grant = Replica.NewGrant();
        await one.ClaimAsync(grant, "one");
        var until = TimeProvider.System.GetTimestamp();

        await Eventually.TrueAsync(async () =>
        {
            (await other.ClaimAsync(grant, "other")).ShouldBeOfType<RefreshClaim.Held>();
            return TimeProvider.System.GetElapsedTime(until) > TimeSpan.FromMilliseconds(1500);
        });

        await one.Records.ReleaseAsync(grant, "one", TestContext.Current.CancellationToken);
        (await other.ClaimAsync(grant, "other")).ShouldBeOfType<RefreshClaim.Granted>();
    }

    [Fact]
    public async Task Once_the_successor_was_seen_the_result_is_kept_two_minutes_more_and_the_token_is_spent()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var (grant, renewal) = (Replica.NewGrant(), one.Renewal());
        var key = one.Keys.Result(one.Keys.NameOf(grant.RefreshToken));
        await one.PublishAsync(grant, renewal);
        (await LifeAsync(server, key)).ShouldBeInRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));

        other.Records.Acknowledge(renewal.Session.RefreshToken);

        await Eventually.TrueAsync(async () => await LifeAsync(server, key) <= TimeSpan.FromMinutes(2));
        Settled(await other.ClaimAsync(grant)).ShouldBe(renewal, "requests on their way");
        await server.DoAsync("DEL", key); // as time does
        (await other.ClaimAsync(grant)).ShouldBe(new RefreshClaim.Spent());
    }

    [Fact]
    public async Task Until_then_it_is_kept_as_long_as_is_configured_and_so_is_what_was_meant_to_be_done()
    {
        await using var server = await RedisServer.RunAsync();
        await using var replica = await Replica.StartAsync(server, unacknowledged: TimeSpan.FromHours(6));
        var grant = Replica.NewGrant();
        var name = replica.Keys.NameOf(grant.RefreshToken);
        await replica.ClaimAsync(grant);

        await replica.PublishAsync(grant, replica.Renewal());

        (await LifeAsync(server, replica.Keys.Attempt(name))).ShouldBeInRange(TimeSpan.FromHours(5.9), TimeSpan.FromHours(6));
        (await LifeAsync(server, replica.Keys.Result(name))).ShouldBeInRange(TimeSpan.FromHours(5.9), TimeSpan.FromHours(6));
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("flipped")]
    [InlineData("swapped")]
    [InlineData("list")]
    [InlineData("huge")]
    public async Task A_record_that_is_not_ours_is_none_and_does_not_stay(string kind)
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var (grant, strangers) = (Replica.NewGrant(), Replica.NewGrant());
        var first = one.Renewal();
        await one.PublishAsync(strangers, one.Renewal(user: "mallory"));
        await one.PublishAsync(grant, first);
        var key = one.Keys.Result(one.Keys.NameOf(grant.RefreshToken));
        await using var administrator = await server.ConnectAsync();
        switch (kind)
        {
            case "junk":
                await administrator.CallAsync("SET", key, "junk");
                break;
            case "flipped":
                var bit = (await administrator.CallAsync("GETBIT", key, "200")).Text;
                await administrator.CallAsync("SETBIT", key, "200", bit is "1" ? "0" : "1");
                break;
            case "swapped":
                await administrator.CallAsync("COPY", one.Keys.Result(one.Keys.NameOf(strangers.RefreshToken)), key, "REPLACE");
                break;
            case "list":
                await administrator.CallAsync("DEL", key);
                await administrator.CallAsync("RPUSH", key, "x");
                break;
            default:
                await administrator.CallAsync("SETRANGE", key, "1000000", "x");
                break;
        }

        (await other.ClaimAsync(grant)).ShouldBeOfType<RefreshClaim.Granted>();
        var second = other.Renewal();
        var stands = await other.PublishAsync(grant, second);
        new[] { first, second }.ShouldContain(stands); // the first, if it was just written again
        Settled(await one.ClaimAsync(grant)).ShouldBe(stands);
    }

    [Fact]
    public async Task No_token_user_or_cookie_can_be_read_in_Redis()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        var grant = new RefreshGrant(new RefreshToken("canary-refresh-token"), "canary-organisation");
        await one.ClaimAsync(grant);
        await one.PublishAsync(grant, one.Renewal("canary-organisation", "canary-user"));
        one.Records.Acknowledge(grant.RefreshToken);

        var dump = await server.DumpAsync();

        dump.Count.ShouldBeGreaterThanOrEqualTo(3);
        dump.SelectMany(pair => new[] { pair.Key, pair.Value }).ShouldAllBe(text => !text.Contains("canary", StringComparison.OrdinalIgnoreCase) && !text.Contains("Fe26", StringComparison.Ordinal));
    }

    private static RefreshResult Settled(RefreshClaim claim) => claim.ShouldBeOfType<RefreshClaim.Settled>().Result;

    private static async Task<TimeSpan> LifeAsync(RedisServer server, string key) => TimeSpan.FromMilliseconds(long.Parse((await server.DoAsync("PTTL", key)).Text!));
}
