using ExtAuthz.Domain.Sessions;
using ExtAuthz.Redis.Tests.Connection;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>What one replica ends is over in all of them, whatever Redis does meanwhile and whoever writes there.</summary>
public sealed class RedisSessionRevocationTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly SessionIdentity Session = new("session_1", "user_1", Now);

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task An_ended_session_is_over_in_every_replica(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);

        await one.RevokeAsync("session_1");

        one.IsRevoked(Session).ShouldBeTrue();
        await Eventually.TrueAsync(() => other.IsRevoked(Session));
        other.IsRevoked(Session with { SessionId = "session_2" }).ShouldBeFalse();
        long.Parse((await server.DoAsync("PTTL", one.KeyOf("session_1"))).Text!).ShouldBeInRange(86_400_000, 86_520_000);
    }

    [Fact]
    public async Task All_sessions_of_a_user_are_over_up_to_the_latest_moment()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);

        await one.RevokeUserAsync("user_1", Now);
        await other.RevokeUserAsync("user_1", Now - TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(() => other.IsRevoked(Session));
        await using var late = await Replica.StartAsync(server);
        late.IsRevoked(Session).ShouldBeFalse("it has not heard");
        (await late.IsRevokedAsync(Session)).ShouldBeTrue("the record says so");
        (await late.IsRevokedAsync(Session with { IssuedAt = Now + TimeSpan.FromSeconds(1) })).ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_sign_in_with_the_same_id_counts_in_every_replica_until_it_is_ended_too()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        var begun = Session with { IssuedAt = Now + TimeSpan.FromSeconds(1) };
        await one.RevokeAsync("session_1");
        await Eventually.TrueAsync(() => other.IsRevoked(begun));

        await other.BeginAsync(begun);

        await Eventually.TrueAsync(() => !one.IsRevoked(begun));
        one.IsRevoked(Session).ShouldBeTrue("what was before stays ended");
        await using var late = await Replica.StartAsync(server);
        (await late.IsRevokedAsync(begun)).ShouldBeFalse();
        (await late.IsRevokedAsync(Session)).ShouldBeTrue();

        await one.RevokeAsync("session_1");
        await Eventually.TrueAsync(() => other.IsRevoked(begun));
        (await late.IsRevokedAsync(begun)).ShouldBeTrue();
    }

    [Fact]
    public async Task Replicas_that_end_and_begin_at_once_agree_in_the_end()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        await using var reader = await Replica.StartAsync(server);
        var begun = Session with { IssuedAt = Now + TimeSpan.FromSeconds(1) };
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(one.RevokeAsync("session_1").AsTask(), other.BeginAsync(begun).AsTask(), other.RevokeAsync("session_1").AsTask(), one.BeginAsync(begun).AsTask());
        }

        await one.HearsAsync(); // messages come in order, so all before are through
        await other.HearsAsync();
        await reader.HearsAsync();
        await using var late = await Replica.StartAsync(server);
        var isRevoked = await late.IsRevokedAsync(begun);
        new[] { one, other, reader }.ShouldAllBe(replica => replica.IsRevoked(begun) == isRevoked);
    }

    [Fact]
    public async Task A_sign_in_leaves_no_record_where_nothing_was_ended()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);

        await one.BeginAsync(Session);

        (await server.DumpAsync()).Keys.ShouldNotContain(one.KeyOf("session_1"));
    }

    [Fact]
    public async Task What_is_ended_while_Redis_is_away_is_told_when_it_is_back()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        await server.KillAsync();

        await one.RevokeAsync("session_1");

        one.IsRevoked(Session).ShouldBeTrue();
        (await one.IsRevokedAsync(Session)).ShouldBeTrue();
        (await other.IsRevokedAsync(Session)).ShouldBeFalse();
        await server.StartAsync();
        await Eventually.TrueAsync(async () => await other.IsRevokedAsync(Session));
    }

    [Fact]
    public async Task A_Redis_that_is_silent_for_a_moment_is_waited_for_before_a_sign_out_is_answered()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        await server.PauseAsync();
        var since = TimeProvider.System.GetTimestamp();

        var ending = one.RevokeAsync("session_1").AsTask();
        one.IsRevoked(Session).ShouldBeTrue("here it counts at once");
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromMilliseconds(600));
        ending.IsCompleted.ShouldBeFalse("the others do not know yet");
        await server.ResumeAsync();
        await ending;

        (await server.DoAsync("EXISTS", one.KeyOf("session_1"))).Text.ShouldBe("1");
        await Eventually.TrueAsync(() => other.IsRevoked(Session));
    }

    [Fact]
    public async Task One_that_stays_silent_keeps_nobody_from_signing_out_and_the_others_learn_it_later()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);
        await server.PauseAsync();

        await one.RevokeAsync("session_1");

        other.IsRevoked(Session).ShouldBeFalse();
        await server.ResumeAsync();
        await Eventually.TrueAsync(() => other.IsRevoked(Session));
    }

    [Fact]
    public async Task A_replica_that_listens_a_little_later_learns_it_too()
    {
        await using var server = await RedisServer.RunAsync();
        var clock = new FakeTimeProvider(Now);
        await using var one = await Replica.StartAsync(server, clock);
        await server.KillAsync();
        await one.RevokeAsync("session_1");
        await server.StartAsync();
        await one.Redis.WorksAsync();
        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(500));
            return (await server.DoAsync("EXISTS", one.KeyOf("session_1"))).Text is "1";
        });
        await using var late = await Replica.StartAsync(server);
        late.IsRevoked(Session).ShouldBeFalse("it was told before");

        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return late.IsRevoked(Session);
        });
    }

    [Fact]
    public async Task An_end_that_Redis_lost_in_a_fail_over_is_told_again()
    {
        await using var server = await RedisServer.RunAsync();
        var clock = new FakeTimeProvider(Now);
        await using var one = await Replica.StartAsync(server, clock);
        await one.RevokeAsync("session_1");
        await server.DoAsync("FLUSHALL");
        await using var other = await Replica.StartAsync(server);
        (await other.IsRevokedAsync(Session)).ShouldBeFalse("nothing is left of it");

        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return other.IsRevoked(Session);
        });

        await using var late = await Replica.StartAsync(server);
        (await late.IsRevokedAsync(Session)).ShouldBeTrue("there is a record, too");
    }

    [Fact]
    public async Task Whoever_asked_may_stop_waiting_and_the_others_learn_it_all_the_same()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);

        await Should.ThrowAsync<OperationCanceledException>(() => one.Revocation.RevokeAsync("session_1", new CancellationToken(canceled: true)).AsTask());

        await Eventually.TrueAsync(() => other.IsRevoked(Session));
    }

    [Fact]
    public async Task A_message_of_somebody_else_is_dropped()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        var news = RevocationNewsText.Write(new RevocationNews.SessionEnded("session_1"));
        foreach (var message in new[] { news, [], one.Seal.Seal(RecordType.Result, one.Channel, news), one.Seal.Seal(RecordType.Revocation, one.NameOf("session_1"), news), one.Seal.Seal(RecordType.Revocation, one.Channel, "{}"u8) })
        {
            await one.Redis.PublishAsync(one.Channel, message, TestContext.Current.CancellationToken);
        }

        await one.HearsAsync();
        one.IsRevoked(Session).ShouldBeFalse();
    }

    [Fact]
    public async Task An_old_beginning_that_somebody_repeats_undoes_no_end()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        var old = Session with { IssuedAt = Now - TimeSpan.FromMinutes(6) };
        await one.RevokeAsync("session_1");

        await one.Redis.PublishAsync(
            one.Channel, one.Seal.Seal(RecordType.Revocation, one.Channel, RevocationNewsText.Write(new RevocationNews.SessionBegan("session_1", old.IssuedAt!.Value))), TestContext.Current.CancellationToken); // set above

        await one.HearsAsync();
        one.IsRevoked(old).ShouldBeTrue();
        one.IsRevoked(Session).ShouldBeTrue();
    }

    [Theory]
    [InlineData("SET", "garbage")]
    [InlineData("SET", "")]
    [InlineData("RPUSH", "1")]
    public async Task A_record_of_somebody_else_counts_as_none_and_is_written_over(string command, string value)
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await server.DoAsync(command, one.KeyOf("session_1"), value);
        (await one.IsRevokedAsync(Session)).ShouldBeFalse();

        await one.RevokeAsync("session_1");

        await using var late = await Replica.StartAsync(server);
        (await late.IsRevokedAsync(Session)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_record_of_another_session_counts_as_none()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await one.RevokeAsync("session_2");
        await server.DoAsync("COPY", one.KeyOf("session_2"), one.KeyOf("session_1"));

        (await one.IsRevokedAsync(Session)).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_in_Redis_tells_who()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await one.RevokeAsync("session_1");
        await one.RevokeUserAsync("user_1", Now);
        await one.Used.TryUseAsync("state-1", TestContext.Current.CancellationToken);

        var dump = string.Join('\n', (await server.DumpAsync()).SelectMany(record => new[] { record.Key, record.Value }));

        dump.ShouldNotContain("session_1");
        dump.ShouldNotContain("user_1");
        dump.ShouldNotContain("state-1");
        dump.ShouldNotContain($"{DateTimeOffset.MaxValue.Ticks}");
    }

    [Fact]
    public async Task Asking_of_every_request_costs_no_call()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server, new FakeTimeProvider(Now)); // so that the end is not told again
        await one.RevokeAsync("session_1");
        var before = (await server.CallsAsync()).GetValueOrDefault("get");

        for (var i = 0; i < 1000; i++)
        {
            one.IsRevoked(new SessionIdentity($"session_{i}", "user_1", Now));
        }

        (await server.CallsAsync()).GetValueOrDefault("get").ShouldBe(before);
    }
}
