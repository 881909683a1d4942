using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Tests.Hosting;
using ExtAuthz.Server.Tests.Tokens;
using ExtAuthz.Server.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Redis.Tests.KeySets;

/// <summary>Whole services on one Redis, and the provider whose key set they fetch.</summary>
internal sealed class Replicas : IAsyncDisposable
{
    private readonly List<RunningService> _running = [];
    private StubProvider _provider = null!; // set by RunAsync
    private int _fetches;

    private Replicas(StoreServer redis) => Redis = redis;

    public StoreServer Redis { get; }

    /// <summary>The key set; null for a provider that answers with 503.</summary>
    public byte[]? KeySet { get; set; } = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"));

    /// <summary>How often the key set was asked for.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    public static async Task<Replicas> RunAsync(string kind = "Redis")
    {
        var replicas = new Replicas(await StoreKind.RunAsync(kind));
        replicas._provider = await StubProvider.StartAsync(replicas.AnswerAsync);
        return replicas;
    }

    /// <summary>Starts some in the same instant.</summary>
    public async Task<RunningService[]> StartAsync(int count, JwksAges? ages = null)
    {
        var started = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartAsync(ages ?? new JwksAges())));
        _running.AddRange(started);
        return started;
    }

    /// <summary>Starts some and waits until each has keys.</summary>
    public async Task<RunningService[]> StartWarmAsync(int count, JwksAges? ages = null)
    {
        var started = await StartAsync(count, ages);
        await Eventually.TrueAsync(() => Array.TrueForAll(started, replica => Cache(replica).Keys is not null));
        return started;
    }

    public static JwksCache Cache(RunningService replica) => replica.Services.GetRequiredService<JwksCache>();

    public static Task<TokenVerdict> VerifyAsync(RunningService replica, RSA key, string keyId)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return VerifyAsync(replica, TokenKeys.Sign(key, keyId, new JsonObject { ["iss"] = "https://api.workos.com", ["sub"] = "user_1", ["iat"] = now, ["exp"] = now + 300 }));
    }

    public static Task<TokenVerdict> VerifyAsync(RunningService replica, string token) =>
        replica.Services.GetRequiredService<IAccessTokenVerifier>().VerifyAsync(new AccessToken(token), TestContext.Current.CancellationToken).AsTask();

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _running)
        {
            await replica.DisposeAsync();
        }

        await _provider.DisposeAsync();
        await Redis.DisposeAsync();
    }

    private Task<RunningService> StartAsync(JwksAges ages) => RunningService.StartAsync(
        [
            new("WORKOS_API_KEY", "sk_test_key"),
            new("WORKOS_CLIENT_ID", "client_1"),
            new("WORKOS_COOKIE_PASSWORD", "a-password-of-thirty-two-characters"),
            new("WORKOS_REDIRECT_URI", "https://app.example.com/callback"),
            new("ExtAuthz:Redis:Configuration", Redis.Configuration),
            new("ExtAuthz:Redis:OperationTimeoutMilliseconds", "2000"), // for a busy machine: a timeout lets a replica fetch by itself
            .. _provider.Settings,
        ],
        replaceInSites: site => site.AddSingleton(ages));

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _fetches);
        if (KeySet is { } set)
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(set, TestContext.Current.CancellationToken);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
