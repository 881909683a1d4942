using ExtAuthz.Redis.Tests.Servers;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>What was used in one replica is used in all.</summary>
public sealed class RedisUsedOnceTests
{
    [Fact]
    public async Task A_value_is_used_once_over_all_replicas()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);

        (await IsUsedAsync(other, "a")).ShouldBeFalse();
        (await TryUseAsync(one, "a")).ShouldBeTrue();

        (await IsUsedAsync(other, "a")).ShouldBeTrue();
        (await TryUseAsync(other, "a")).ShouldBeFalse();
        (await TryUseAsync(one, "a")).ShouldBeFalse();
        (await TryUseAsync(other, "b")).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_at_once_one_uses_it()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await using var other = await Replica.StartAsync(server);

        var used = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => TryUseAsync(i % 2 is 0 ? one : other, "a").AsTask()));

        used.Count(isFirst => isFirst).ShouldBe(1);
    }

    [Fact]
    public async Task While_Redis_is_away_each_replica_goes_by_what_it_has_seen()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await server.KillAsync();

        (await TryUseAsync(one, "a")).ShouldBeTrue();
        (await TryUseAsync(one, "a")).ShouldBeFalse();
        (await IsUsedAsync(one, "a")).ShouldBeTrue();
        (await IsUsedAsync(one, "b")).ShouldBeFalse();
    }

    private static ValueTask<bool> TryUseAsync(Replica replica, string value) => replica.Used.TryUseAsync(value, TestContext.Current.CancellationToken);

    private static ValueTask<bool> IsUsedAsync(Replica replica, string value) => replica.Used.IsUsedAsync(value, TestContext.Current.CancellationToken);
}
