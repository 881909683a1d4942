using ExtAuthz.Domain.Refresh;
using ExtAuthz.Redis.Tests.Connection;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Redis.Tests.Refresh;

/// <summary>A Redis that is away, silent, or back without what it knew: no renewal is lost, and no token is exchanged twice.</summary>
public sealed class RedisOutageTests
{
    [Fact]
    public async Task What_was_published_is_written_again_into_a_Redis_that_lost_it()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var (grant, renewal) = (Replica.NewGrant(), one.Renewal());
        await one.PublishAsync(grant, renewal);

        await server.KillAsync();
        await Eventually.TrueAsync(() => !one.Redis.IsUp && !other.Redis.IsUp);
        await server.StartAsync();

        var key = one.Keys.Result(one.Keys.NameOf(grant.RefreshToken));
        await Eventually.TrueAsync(async () => (await server.DoAsync("EXISTS", key)).Text is "1");
        await other.Redis.WorksAsync();
        Settled(await other.ClaimAsync(grant)).ShouldBe(renewal);
    }

    [Fact]
    public async Task A_renewal_outlives_its_replica_and_Redis()
    {
        await using var server = await RedisServer.RunAsync();
        await using var other = await Replica.StartAsync(server);
        var grant = Replica.NewGrant();
        RefreshResult.Renewed renewal;
        await using (var one = await Replica.StartAsync(server))
        {
            renewal = one.Renewal();
            await one.PublishAsync(grant, renewal);
            Settled(await other.ClaimAsync(grant)).ShouldBe(renewal);
        }

        await server.KillAsync();
        await server.StartAsync();
        await using var third = await Replica.StartAsync(server);

        RefreshClaim? claim = null;
        await Eventually.TrueAsync(async () =>
        {
            claim = await third.ClaimAsync(grant);
            await third.Records.ReleaseAsync(grant, "owner", TestContext.Current.CancellationToken);
            return claim is RefreshClaim.Settled;
        });
        Settled(claim!).ShouldBe(renewal); // it was waited for
    }

    [Fact]
    public async Task A_token_that_this_replica_saw_exchanged_is_not_taken_when_Redis_forgot_it()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var (grant, renewal) = (Replica.NewGrant(), one.Renewal());
        await one.PublishAsync(grant, renewal);
        await other.ClaimAsync(grant);
        await server.DoAsync("FLUSHALL");

        Settled(await other.ClaimAsync(grant, "other")).ShouldBe(renewal);

        await using var third = await Replica.StartAsync(server);
        Settled(await third.ClaimAsync(grant, "third")).ShouldBe(renewal, "Redis has it again, and no lock is left");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_became_of_an_old_token_is_told_again_also_after_its_successor_was_seen(bool isLate)
    {
        await using var server = await RedisServer.RunAsync();
        var clock = new FakeTimeProvider();
        await using var one = await Replica.StartAsync(server, clock: clock);
        await using var other = await Replica.StartAsync(server);
        var (grant, renewal) = (Replica.NewGrant(), one.Renewal());
        var tombstone = one.Keys.Tombstone(one.Keys.NameOf(grant.RefreshToken));
        await one.PublishAsync(grant, renewal);
        one.Records.Acknowledge(renewal.Session.RefreshToken);
        await Eventually.TrueAsync(() => IsInRedisAsync(tombstone));
        if (isLate)
        {
            await server.DoAsync("DEL", tombstone);
            await Eventually.TrueAsync(async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(10)); // two minutes, and then some
                return await IsInRedisAsync(tombstone);
            });
        }

        await server.KillAsync();
        await server.StartAsync();

        await Eventually.TrueAsync(() => IsInRedisAsync(isLate ? tombstone : one.Keys.Result(one.Keys.NameOf(grant.RefreshToken))));
        await other.Redis.WorksAsync();
        (await other.ClaimAsync(grant)).ShouldBe(isLate ? new RefreshClaim.Spent() : new RefreshClaim.Settled(renewal), "it knows nothing itself");

        async Task<bool> IsInRedisAsync(string key) => (await server.DoAsync("EXISTS", key)).Text is "1";
    }

    [Fact]
    public async Task A_lock_that_Redis_lost_is_taken_back_while_the_exchange_goes_on()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var grant = Replica.NewGrant();
        var name = one.Keys.NameOf(grant.RefreshToken);
        await one.ClaimAsync(grant, "one");

        await server.KillAsync();
        await server.StartAsync();

        await Eventually.TrueAsync(async () => (await server.DoAsync("GET", one.Keys.Lock(name))).Text is "one");
        await other.Redis.WorksAsync();
        (await other.ClaimAsync(grant, "other")).ShouldBeOfType<RefreshClaim.Held>();
        await one.Records.ReleaseAsync(grant, "one", TestContext.Current.CancellationToken);
        (await other.ClaimAsync(grant, "other")).ShouldBeOfType<RefreshClaim.Granted>().SinceFirstSend.ShouldNotBeNull("it may have been sent").ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_lock_is_not_taken_back_from_a_result_or_another_holder_nor_after_its_end()
    {
        await using var server = await RedisServer.RunAsync();
        var soon = new RefreshLock(TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        await using var one = await Replica.StartAsync(server, locks: soon);
        var (settled, taken, ended) = (Replica.NewGrant(), Replica.NewGrant(), Replica.NewGrant());
        foreach (var grant in new[] { settled, taken, ended })
        {
            await one.ClaimAsync(grant, $"one {grant.RefreshToken.Value}");
        }

        await server.DoAsync("SET", one.Keys.Result(one.Keys.NameOf(settled.RefreshToken)), "a result");
        await server.DoAsync("DEL", one.Keys.Lock(one.Keys.NameOf(settled.RefreshToken)));
        await server.DoAsync("SET", one.Keys.Lock(one.Keys.NameOf(taken.RefreshToken)), "another");
        await one.Records.ReleaseAsync(ended, $"one {ended.RefreshToken.Value}", TestContext.Current.CancellationToken);
        var before = (await server.CallsAsync())["evalsha"];
        await Eventually.TrueAsync(async () => (await server.CallsAsync())["evalsha"] >= before + 6); // renewed some times more

        (await server.DoAsync("GET", one.Keys.Lock(one.Keys.NameOf(settled.RefreshToken)))).Text.ShouldBeNull();
        (await server.DoAsync("GET", one.Keys.Lock(one.Keys.NameOf(taken.RefreshToken)))).Text.ShouldBe("another");
        (await server.DoAsync("GET", one.Keys.Lock(one.Keys.NameOf(ended.RefreshToken)))).Text.ShouldBeNull();
    }

    [Fact]
    public async Task Where_a_second_use_is_theft_nobody_takes_a_token_until_all_could_tell_a_Redis_that_is_back()
    {
        await using var server = await RedisServer.RunAsync();
        await using var replica = await Replica.StartAsync(server, WhenRedisIsDown.Defer);
        await Eventually.TrueAsync(async () => await replica.ClaimAsync(Replica.NewGrant()) is RefreshClaim.Granted);
        await server.KillAsync();
        await Eventually.TrueAsync(async () => await replica.ClaimAsync(Replica.NewGrant()) is RefreshClaim.Unreachable);
        await server.StartAsync();
        await replica.Redis.WorksAsync();
        var (grant, known) = (Replica.NewGrant(), Replica.NewGrant());
        await using var other = await Replica.StartAsync(server);
        var renewal = other.Renewal();

        RefreshClaim claim = (await replica.ClaimAsync(grant)).ShouldBeOfType<RefreshClaim.Held>();
        await other.PublishAsync(known, renewal);
        Settled(await replica.ClaimAsync(known)).ShouldBe(renewal, "what is told counts at once");

        while (claim is RefreshClaim.Held held)
        {
            await held.AskAgain;
            claim = await replica.ClaimAsync(grant);
        }

        replica.Redis.Undisturbed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(3));
        claim.ShouldBe(new RefreshClaim.Granted(SinceFirstSend: null), "nothing was written meanwhile");
    }

    [Fact]
    public async Task While_Redis_is_away_a_replica_goes_on_alone_or_waits()
    {
        await using var server = await RedisServer.RunAsync();
        await using var alone = await Replica.StartAsync(server);
        await using var waiting = await Replica.StartAsync(server, WhenRedisIsDown.Defer);
        var (grant, renewal) = (Replica.NewGrant(), alone.Renewal());
        await alone.PublishAsync(grant, renewal);
        Settled(await waiting.ClaimAsync(grant)).ShouldBe(renewal);
        await server.KillAsync();

        Settled(await waiting.ClaimAsync(grant)).ShouldBe(renewal, "it knows this itself");
        (await waiting.ClaimAsync(Replica.NewGrant())).ShouldBe(new RefreshClaim.Unreachable());
        var another = Replica.NewGrant();
        (await alone.ClaimAsync(another, "first")).ShouldBe(new RefreshClaim.Granted(SinceFirstSend: null));
        (await alone.ClaimAsync(another, "second")).ShouldBeOfType<RefreshClaim.Held>();
    }

    [Fact]
    public async Task A_Redis_that_is_silent_for_a_moment_is_asked_again_and_decides()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server, deadline: Service.Deadline);
        await using var other = await Replica.StartAsync(server, deadline: Service.Deadline);
        var grant = Replica.NewGrant();
        await server.PauseAsync();
        var since = TimeProvider.System.GetTimestamp();

        var claim = one.ClaimAsync(grant, "one");
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromMilliseconds(600));
        claim.IsCompleted.ShouldBeFalse("alone it would have gone on by now");
        await server.ResumeAsync();

        (await claim).ShouldBeOfType<RefreshClaim.Granted>();
        (await server.DoAsync("GET", one.Keys.Lock(one.Keys.NameOf(grant.RefreshToken)))).Text.ShouldBe("one");
        await other.Redis.WorksAsync();
        (await other.ClaimAsync(grant, "other")).ShouldBeOfType<RefreshClaim.Held>();
    }

    [Fact]
    public async Task One_that_falls_silent_for_good_does_not()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server, deadline: Service.Deadline);
        await using var other = await Replica.StartAsync(server, deadline: Service.Deadline);
        var grant = Replica.NewGrant();
        await server.PauseAsync();

        var claims = new[] { one.ClaimAsync(grant, "one"), other.ClaimAsync(grant, "other") };
        await server.KillAsync();

        (await Task.WhenAll(claims)).ShouldAllBe(claim => claim == new RefreshClaim.Granted(null));
    }

    private static RefreshResult Settled(RefreshClaim claim) => claim.ShouldBeOfType<RefreshClaim.Settled>().Result;
}
