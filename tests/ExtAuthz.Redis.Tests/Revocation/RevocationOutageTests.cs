using ExtAuthz.Domain.Sessions;
using ExtAuthz.Redis.Tests.Connection;
using ExtAuthz.Redis.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>What one replica ends is over in all of them, whatever Redis does meanwhile.</summary>
public sealed class RevocationOutageTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly SessionIdentity Session = new("session_1", "user_1", Now);

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
        await using var one = await Replica.StartAsync(server, deadline: Service.Deadline);
        await using var other = await Replica.StartAsync(server, deadline: Service.Deadline);
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
        await using var one = await Replica.StartAsync(server, deadline: Service.Deadline);
        await using var other = await Replica.StartAsync(server, deadline: Service.Deadline);
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
}
