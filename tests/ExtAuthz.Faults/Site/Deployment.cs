using System.Net.Http.Json;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.FakeWorkOS;
using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.Bookkeeping;
using ExtAuthz.FakeWorkOS.Sessions;
using ExtAuthz.Faults.Load;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Faults.Site;

/// <summary>A site with many replicas: real processes, a real Redis, and the development WorkOS in this process with its ledger and switches.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    /// <summary>What every e-mail address ends with.</summary>
    public const string Mailbox = "@planted.example";

    /// <summary>What seals cookies unless the settings say otherwise.</summary>
    public const string Password = "a-password-of-thirty-two-characters";

    private readonly WebApplication _provider;
    private readonly FakeWorkOSOptions _options;
    private readonly IronSessionCodec _codec = new(new IronSeal(new PasswordRing(new Dictionary<int, string> { [1] = Password }), TimeProvider.System, new SystemRandomSource()));

    private Deployment(WebApplication provider, FakeWorkOSOptions options, RedisServer redis) => (_provider, _options, Redis) = (provider, options, redis);

    /// <summary>The replicas that a balancer knows.</summary>
    public List<Replica> Replicas { get; } = [];

    /// <summary>Those that were killed.</summary>
    public List<Replica> Killed { get; } = [];

    public RedisServer Redis { get; }

    public FakeWorkOS.FaultInjection.Faults Faults => _provider.Services.GetRequiredService<FakeWorkOS.FaultInjection.Faults>();

    public Ledger Ledger => _provider.Services.GetRequiredService<Ledger>();

    public SessionStore Sessions => _provider.Services.GetRequiredService<SessionStore>();

    /// <summary>The settings of every replica, for those started from now on.</summary>
    public Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>What was planted and must not be seen in Redis: passwords, tokens, names of users.</summary>
    public List<string> Secrets { get; } = [Password, Mailbox, "user_planted_"];

    /// <summary>Starts the provider, Redis, and as many replicas at once.</summary>
    /// <param name="replicas">How many.</param>
    /// <param name="seed">Decides which answers the provider loses.</param>
    /// <param name="replayWindow">How long the provider answers an exchanged token again; a later use ends the session. Zero: the replicas are told.</param>
    public static async Task<Deployment> StartAsync(int replicas, int seed, TimeSpan? replayWindow = null)
    {
        var options = new FakeWorkOSOptions { Url = $"http://127.0.0.1:{StoreServer.FreePort()}", Seed = seed, ReplayWindow = replayWindow ?? TimeSpan.FromSeconds(30), EndsSessionOnReuse = true, ApiKey = "sk_planted_key" };
        var provider = FakeWorkOSApplication.Create(options, TimeProvider.System);
        await provider.StartAsync(TestContext.Current.CancellationToken);
        var redis = await RedisServer.RunAsync();
        var deployment = new Deployment(provider, options, redis);
        deployment.Secrets.Add(options.ApiKey);
        deployment.Configure();
        await deployment.AddReplicasAsync(replicas);
        await deployment.ConnectedAsync();
        return deployment;
    }

    /// <summary>Starts more replicas; settings of two for one name: the later counts.</summary>
    public async Task AddReplicasAsync(int count, params KeyValuePair<string, string?>[] further) =>
        Replicas.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Replica.StartAsync([.. Settings, .. further]))));

    /// <summary>Takes a replica from the balancer.</summary>
    public void Remove(Replica replica)
    {
        lock (Replicas)
        {
            Replicas.Remove(replica);
        }
    }

    /// <summary>Ends a replica as a crash would; the balancer finds out at once.</summary>
    public async Task KillAsync(Replica replica)
    {
        Remove(replica);
        Killed.Add(replica);
        await replica.DisposeAsync();
    }

    /// <summary>Waits until every replica has the two connections to Redis that its client keeps, and has its reply to a first question.</summary>
    public Task ConnectedAsync() => Eventually.TrueAsync(async () => (await Redis.DoAsync("CLIENT", "LIST")).Text!.Split('\n').Count(client => client.Contains(" user=default ", StringComparison.Ordinal) && !client.Contains(" cmd=NULL ", StringComparison.Ordinal)) >= 2 * Replicas.Count);

    /// <summary>Waits until every replica hears what another tells of sign-outs.</summary>
    public Task HearEachOtherAsync() => Eventually.TrueAsync(async () =>
        (await Redis.DoAsync("PUBSUB", "CHANNELS", "extauthz:revocation:*")).Items is [{ Text: { } channel }]
        && (await Redis.DoAsync("PUBSUB", "NUMSUB", channel)).Items[1].Text == $"{Replicas.Count}");

    /// <summary>Signs a user in whose access token lives so long; less than nothing: it has ended.</summary>
    public SignedIn SignIn(int user, TimeSpan life)
    {
        var usual = Faults.AccessTokenLifetime;
        Faults.AccessTokenLifetime = life;
        var id = $"user_planted_{user:D4}";
        var tokens = Sessions.SignIn(new FakeUser(id, id + Mailbox, "Planted", "User"), organizationId: null);
        Faults.AccessTokenLifetime = usual;
        lock (Secrets)
        {
            Secrets.Add(tokens.RefreshToken);
            Secrets.Add(tokens.AccessToken);
        }

        var session = new Session(
            new AccessToken(tokens.AccessToken),
            new RefreshToken(tokens.RefreshToken),
            new SessionUser(id, id + Mailbox, $$"""{"object":"user","id":"{{id}}","email":"{{id + Mailbox}}"}"""),
            Impersonator: null,
            tokens.AuthenticationMethod);
        return new SignedIn(id, tokens.SessionId, session.RefreshToken, $"wos-session={_codec.Seal(session).Value}");
    }

    /// <summary>A user whose access token ended a minute ago.</summary>
    public SignedIn Expired(int user) => SignIn(user, TimeSpan.FromMinutes(-1));

    /// <summary>The session in a <c>Set-Cookie</c> header.</summary>
    public Session Open(string setCookie) => _codec.Unseal(new SealedSession(Jar.ValueOf(setCookie)))!; // ours, or the test fails

    /// <summary>Waits until the provider was asked to exchange a token, so that one replica holds it.</summary>
    public Task AskedAsync(SignedIn user, int uses = 1) => Eventually.TrueAsync(() => Ledger.For(user.RefreshToken.Value).Uses >= uses);

    /// <summary>Exchanges a user's token as another application that shares the cookie would.</summary>
    public async Task ExchangeElsewhereAsync(SignedIn user)
    {
        using var client = new HttpClient();
        var body = new { client_id = _options.ClientId, client_secret = _options.ApiKey, grant_type = "refresh_token", refresh_token = user.RefreshToken.Value };
        using var answer = await client.PostAsJsonAsync(new Uri($"{_options.Url}/user_management/authenticate"), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The keys of the replicas' records.</summary>
    public RefreshRecordKeys Keys()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings.Where(setting => !setting.Key.StartsWith("Logging", StringComparison.Ordinal))).Build();
        var settings = AuthkitConfiguration.Load(configuration).ShouldBeOfType<AuthkitConfiguration.Loaded>().Settings;
        return new RefreshRecordKeys(new RecordNames(settings.Sites[0].Passwords.Sealing, settings.Redis!.KeyPrefix, settings.Sites[0].ConfigurationId)); // configured
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Replicas.Select(replica => replica.DisposeAsync().AsTask()));
        await Redis.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private void Configure()
    {
        var address = new Uri(_options.Url);
        (string Name, string Value)[] settings =
        [
            ("WORKOS_API_KEY", _options.ApiKey), ("WORKOS_CLIENT_ID", _options.ClientId), ("WORKOS_API_HOSTNAME", address.Host), ("WORKOS_API_PORT", $"{address.Port}"),
            ("WORKOS_API_HTTPS", "false"), ("WORKOS_COOKIE_PASSWORD", Password), ("WORKOS_REDIRECT_URI", "https://app.example.com/callback"),
            ("ExtAuthz:Grpc:Address", "127.0.0.1"), ("ExtAuthz:Grpc:Port", "0"), ("ExtAuthz:Grpc:ShutdownDelaySeconds", "0"), ("ExtAuthz:Redis:Configuration", Redis.Configuration),
            ("Logging:LogLevel:Default", "Warning"), ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"), ("DOTNET_TieredPGO", "0"),
        ];
        foreach (var (name, value) in settings)
        {
            Settings[name] = value;
        }

        if (_options.ReplayWindow == TimeSpan.Zero)
        {
            Settings["ExtAuthz:ReplayWindowSeconds"] = "0";
        }
    }
}
