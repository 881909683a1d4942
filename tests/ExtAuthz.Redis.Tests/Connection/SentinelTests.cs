using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;

namespace ExtAuthz.Redis.Tests.Connection;

/// <summary>Sentinel decides who is the primary; the service knows the servers and finds out.</summary>
public sealed class SentinelTests
{
    [Fact]
    public async Task Whom_Sentinel_promotes_is_written_to_also_when_the_old_primary_is_back()
    {
        await using var old = await RedisServer.RunAsync();
        await using var promoted = await old.AddReplicaAsync();
        await using var sentinel = await Sentinel.RunAsync(old);
        await using var connection = await Service.StartAsync($"127.0.0.1:{old.Port},{promoted.Configuration}");
        await connection.WorksAsync();

        await old.KillAsync();
        await Eventually.TrueAsync(() => sentinel.IsPrimaryAsync(promoted));
        await StoresInAsync(promoted, "extauthz:{a}");

        await old.StartAsync(); // as a primary without anything for some ten seconds, and calls may go there meanwhile
        await Eventually.TrueAsync(() => sentinel.IsReplicaAsync(old));
        await StoresInAsync(promoted, "extauthz:{b}");

        async Task StoresInAsync(RedisServer server, string key) => await Eventually.TrueAsync(async () =>
            await connection.StoreAsync(key, "x") is RedisReply.Answered && (await server.DoAsync("GET", key)).Text is "x");
    }
}
