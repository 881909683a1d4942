using ExtAuthz.EndToEnd.Scripts;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>Two whole services on one Redis, with one provider; and the operator's command for them.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private Cluster(RedisServer redis, SignedInWorld one, SignedInWorld other) => (Redis, One, Other) = (redis, one, other);

    public RedisServer Redis { get; }

    public SignedInWorld One { get; }

    public SignedInWorld Other { get; }

    /// <summary>Starts all and waits until both services hear each other.</summary>
    /// <param name="provider">Answers the token endpoint.</param>
    /// <param name="skew">How far the clock of the other service is before that of the first and of the provider.</param>
    public static async Task<Cluster> StartAsync(RotatingProvider? provider = null, TimeSpan skew = default)
    {
        var redis = await RedisServer.RunAsync();
        var one = await SignedInWorld.StartAsync(authenticate: provider is null ? null : provider.AnswerAsync, settings: Settings(redis));
        provider?.Use(one);
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow() + skew);
        var other = await SignedInWorld.StartAsync(site => site.AddSingleton<TimeProvider>(clock), settings: [.. Settings(redis), .. one.ProviderSettings]);
        var cluster = new Cluster(redis, one, other);
        await cluster.HearEachOtherAsync();
        return cluster;
    }

    /// <summary>Runs the command as an operator does, in a process of its own with the environment of the services.</summary>
    public Task<ScriptResult> RunAsync(params string[] arguments) => RevokeProcess.RunAsync([.. Settings(Redis), .. One.ProviderSettings], arguments);

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await Redis.DisposeAsync();
    }

    private static KeyValuePair<string, string?>[] Settings(StoreServer redis) =>
    [
        new("ExtAuthz:Redis:Configuration", redis.Configuration),
        new("ExtAuthz:Redis:OperationTimeoutMilliseconds", "2000"), // for a busy machine: after a timeout a replica goes on alone
    ];

    private Task HearEachOtherAsync() => Eventually.TrueAsync(async () =>
        (await Redis.DoAsync("PUBSUB", "CHANNELS", "extauthz:revocation:*")).Items is [{ Text: { } channel }]
        && (await Redis.DoAsync("PUBSUB", "NUMSUB", channel)).Items[1].Text is "2");
}
