using System.Diagnostics.Metrics;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.Telemetry;
using ExtAuthz.Server.Tests.Hosting;
using ExtAuthz.Server.Tests.Tokens;
using ExtAuthz.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Redis.Tests.KeySets;

/// <summary>A Redis and the sources of replicas on it, with a clock that stands still.</summary>
internal sealed class KeySetWorld : IAsyncDisposable
{
    private static readonly PasswordRing Passwords = new(new Dictionary<int, string> { [1] = "a-password-of-thirty-two-characters" });

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<RedisConnection> _connections = [];
    private readonly CapturedLogs _logs = new();
    private readonly HttpClient _http;

    private KeySetWorld(StoreServer redis)
    {
        Redis = redis;
        _http = new HttpClient(Provider);
    }

    public StoreServer Redis { get; }

    public ScriptedHandler Provider { get; } = new(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1")));

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000));

    public int Fetches => Provider.Calls.Count;

    /// <summary>How many records were told to be of no use.</summary>
    public int Rejected => _logs.Lines.Count(line => line.Contains("A KeySet record in Redis does not open", StringComparison.Ordinal));

    public static async Task<KeySetWorld> RunAsync(string kind) => new(await StoreKind.RunAsync(kind));

    /// <summary>The source of another replica.</summary>
    public async Task<RedisKeySets> AddAsync(string configurationId = "issuer client")
    {
        var (random, metrics) = (new SystemRandomSource(), new CheckMetrics(_services.GetRequiredService<IMeterFactory>()));
        var settings = new RedisSettings(new RedisServers(Redis.Configuration), "extauthz:", NamePassword: null, TimeSpan.FromSeconds(2), WhenRedisIsDown.Local);
        var connection = new RedisConnection(settings, TimeProvider.System, metrics, NullLogger<RedisConnection>.Instance);
        _connections.Add(connection);
        await connection.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => connection.IsUp);
        var seal = new RecordSeal(Passwords, configurationId, random, metrics, new Logger<RecordSeal>(LoggerFactory.Create(logging => logging.AddProvider(_logs))));
        return new RedisKeySets(
            new JwksClient(_http, new Uri("https://api.workos.example/jwks"), Clock), connection, new RecordNames(Passwords.Sealing, "extauthz:", configurationId), seal, new JwksAges(), Clock, random);
    }

    /// <summary>The key of the one copy in Redis, or of the one other than some.</summary>
    public async Task<string> CopyKeyAsync(params string[] others) =>
        (await Redis.DoAsync("KEYS", "*")).Texts.Where(key => key.EndsWith('}')).Except(others).ShouldHaveSingleItem();

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        _http.Dispose();
        _logs.Dispose();
        await _services.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
