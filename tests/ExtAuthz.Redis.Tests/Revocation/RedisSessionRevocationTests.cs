using ExtAuthz.Domain.Sessions;
using ExtAuthz.Redis.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>What one replica ends is over in all of them.</summary>
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
        await using var one = await Replica.StartAsync(server, new FakeTimeProvider(Now)); // so that the end is not told again
        await using var other = await Replica.StartAsync(server, new FakeTimeProvider(Now));

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
    public async Task Whoever_asked_may_stop_waiting_and_the_others_learn_it_all_the_same()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);

        await Should.ThrowAsync<OperationCanceledException>(() => one.Revocation.RevokeAsync("session_1", new CancellationToken(canceled: true)).AsTask());

        await Eventually.TrueAsync(() => other.IsRevoked(Session));
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
