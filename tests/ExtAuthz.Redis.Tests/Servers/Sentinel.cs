namespace ExtAuthz.Redis.Tests.Servers;

/// <summary>A Sentinel that watches a primary and, a second after that went silent, promotes one of its replicas.</summary>
internal sealed class Sentinel : StoreServer
{
    private const string Name = "main";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extauthz-sentinel-");

    private Sentinel(RedisServer primary) => File.WriteAllText(
        ConfigurationFile,
        $"""
        port {Port}
        bind 127.0.0.1
        dir {_folder.FullName}
        sentinel monitor {Name} 127.0.0.1 {primary.Port} 1
        sentinel auth-user {Name} {RedisServer.Administrator.Name}
        sentinel auth-pass {Name} {RedisServer.Administrator.Password}
        sentinel down-after-milliseconds {Name} 1000
        sentinel failover-timeout {Name} 5000
        """);

    public override string Configuration => $"127.0.0.1:{Port}";

    protected override (string Program, string HowToInstall) Program => ("redis-server", "There is no redis-server: apt-get install redis-server");

    protected override IEnumerable<string> Arguments => [ConfigurationFile, "--sentinel"];

    private string ConfigurationFile => Path.Combine(_folder.FullName, "sentinel.conf");

    /// <summary>Starts one and waits until it knows the primary's replica.</summary>
    public static async Task<Sentinel> RunAsync(RedisServer primary)
    {
        var sentinel = new Sentinel(primary);
        await sentinel.StartAsync();
        await Eventually.TrueAsync(async () => (await sentinel.ReplicasAsync()).Any());
        return sentinel;
    }

    /// <summary>Whether it takes a server for the primary.</summary>
    public async Task<bool> IsPrimaryAsync(RedisServer server) => (await DoAsync("SENTINEL", "GET-MASTER-ADDR-BY-NAME", Name)).Texts.Contains($"{server.Port}");

    /// <summary>Whether a server is a replica by now that has everything.</summary>
    public async Task<bool> IsReplicaAsync(RedisServer server) => (await ReplicasAsync()).Any(replica => replica["port"] == $"{server.Port}");

    public override Task<RespClient> ConnectAsync() => RespClient.ConnectAsync(Port);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<IEnumerable<Dictionary<string, string>>> ReplicasAsync() => (await DoAsync("SENTINEL", "REPLICAS", Name)).Items
        .Select(replica => replica.Texts.Chunk(2).ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal))
        .Where(replica => replica["master-link-status"] is "ok");
}
