using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.Redis.Tests.Servers;

/// <summary>
/// Redis from the PATH. The service comes under the repository's <c>redis/users.acl</c>, so what it lacks there shows;
/// tests come as another user, who may do everything.
/// </summary>
internal sealed class RedisServer : StoreServer
{
    /// <summary>The password that users.acl leaves to be changed.</summary>
    public const string Password = "change-me";

    /// <summary>Who may do everything.</summary>
    public static readonly (string Name, string Password) Administrator = ("admin", "admin-of-tests");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extauthz-redis-");
    private readonly string[] _further;

    private RedisServer(string[] further)
    {
        _further = further;
        var users = File.ReadAllText(Path.Combine(BuildPaths.RepositoryRoot, "redis", "users.acl"));
        File.WriteAllText(UsersFile, $"{users.TrimEnd()}\nuser {Administrator.Name} on >{Administrator.Password} ~* &* +@all\n");
    }

    public override string Configuration => $"127.0.0.1:{Port},password={Password}";

    protected override (string Program, string HowToInstall) Program => ("redis-server", "There is no redis-server: apt-get install redis-server");

    protected override IEnumerable<string> Arguments =>
    [
        "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--aclfile", UsersFile, "--save", "", "--appendonly", "no",
        "--masteruser", Administrator.Name, "--masterauth", Administrator.Password, "--repl-diskless-sync-delay", "0", .. _further,
    ];

    private string UsersFile => Path.Combine(_folder.FullName, "users.acl");

    /// <summary>Starts one, with further options such as <c>--maxmemory 1mb</c>.</summary>
    public static async Task<RedisServer> RunAsync(params string[] further)
    {
        var server = new RedisServer(further);
        await server.StartAsync();
        return server;
    }

    public override async Task<RespClient> ConnectAsync()
    {
        var client = await RespClient.ConnectAsync(Port);
        await client.CallAsync(["AUTH", Administrator.Name, Administrator.Password]);
        return client;
    }

    /// <summary>Starts a replica of this one and waits until it has everything.</summary>
    public async Task<RedisServer> AddReplicaAsync()
    {
        var replica = await RunAsync("--replicaof", "127.0.0.1", $"{Port}");
        await Eventually.TrueAsync(async () => (await replica.DoAsync("INFO", "replication")).Text!.Contains("master_link_status:up", StringComparison.Ordinal));
        return replica;
    }

    /// <summary>Makes a replica a primary; what had not reached it is lost.</summary>
    public Task PromoteAsync() => DoAsync("REPLICAOF", "NO", "ONE");

    /// <summary>How often each command was called since the start, by its name in lower case, a script's own commands included.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CallsAsync()
    {
        const string name = "cmdstat_";
        return (await DoAsync("INFO", "commandstats")).Text!.Split("\r\n")
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .ToDictionary(line => line[name.Length..line.IndexOf(':', StringComparison.Ordinal)], line => long.Parse(line.Split('=', ',')[1]));
    }

    /// <summary>Everything it holds, keys and their raw values.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DumpAsync()
    {
        await using var client = await ConnectAsync();
        var dump = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in (await client.CallAsync("KEYS", "*")).Texts)
        {
            var read = (await client.CallAsync("TYPE", key)).Text is "string" ? "GET" : "DUMP"; // a dump of long texts is compressed
            dump[key] = (await client.CallAsync(read, key)).Text ?? "";
        }

        return dump;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
