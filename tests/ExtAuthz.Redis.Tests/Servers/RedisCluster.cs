namespace ExtAuthz.Redis.Tests.Servers;

/// <summary>Two nodes of a Redis Cluster, of which one has all slots.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private RedisCluster(RedisServer owner, RedisServer other) => (Owner, Other) = (owner, other);

    /// <summary>The node that has all slots.</summary>
    public RedisServer Owner { get; private set; }

    /// <summary>The one that answers MOVED.</summary>
    public RedisServer Other { get; private set; }

    /// <summary>Both, as StackExchange.Redis writes it.</summary>
    public string Configuration => $"127.0.0.1:{Other.Port},{Owner.Configuration}";

    public static async Task<RedisCluster> RunAsync()
    {
        var (ownersBus, othersBus) = (StoreServer.FreePort(), StoreServer.FreePort());
        var cluster = new RedisCluster(await RunNodeAsync(ownersBus), await RunNodeAsync(othersBus));
        await cluster.Owner.DoAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await cluster.Owner.DoAsync("CLUSTER", "MEET", "127.0.0.1", $"{cluster.Other.Port}", $"{othersBus}");
        await cluster.AgreedAsync();
        return cluster;
    }

    /// <summary>All slots move to the other node, without what is in them. For a moment nobody has them; then the old node answers MOVED.</summary>
    public async Task MoveAsync()
    {
        (Owner, Other) = (Other, Owner);
        await Other.DoAsync("CLUSTER", "DELSLOTSRANGE", "0", "16383");
        await using var administrator = await Owner.ConnectAsync();
        await administrator.CallAsync("MULTI"); // or what the old node told before would come in between
        await administrator.CallAsync("CLUSTER", "DELSLOTSRANGE", "0", "16383");
        await administrator.CallAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await administrator.CallAsync("CLUSTER", "BUMPEPOCH");
        await administrator.CallAsync("EXEC");
        await AgreedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        await Other.DisposeAsync();
    }

    private static Task<RedisServer> RunNodeAsync(int bus) =>
        RedisServer.RunAsync("--cluster-enabled", "yes", "--cluster-port", $"{bus}", "--cluster-require-full-coverage", "no", "--cluster-node-timeout", "5000");

    /// <summary>Waits until the other node knows whose the slots are.</summary>
    private Task AgreedAsync() => Eventually.TrueAsync(async () =>
        (await Other.DoAsync("CLUSTER", "SLOTS")).Items is [{ Items: [_, { Text: "16383" }, { Items: [_, { Text: var port }, ..] }, ..] }] && port == $"{Owner.Port}"
        && (await Owner.DoAsync("CLUSTER", "INFO")).Text!.Contains("cluster_state:ok", StringComparison.Ordinal));
}
