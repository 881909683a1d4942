using System.Diagnostics.Metrics;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Redis.Tests.Connection;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtAuthz.Redis.Tests.Refresh;

/// <summary>What one replica knows of refresh tokens, put together as the service does.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private static readonly PasswordRing Passwords = new(new Dictionary<int, string> { [1] = "a-password-of-thirty-two-characters" });
    private static int _count;

    private readonly IronSessionCodec _codec;

    private Replica(RedisConnection redis, WhenRedisIsDown whenDown, RefreshLock locks, RefreshRecordLife lives, TimeProvider clock)
    {
        Redis = redis;
        var random = new SystemRandomSource();
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _codec = new IronSessionCodec(new IronSeal(Passwords, TimeProvider.System, random));
        var names = new RecordNames(Passwords.Sealing, "extauthz:", "provider client");
        Keys = new RefreshRecordKeys(names);
        var text = new RefreshResultText(_codec, new RecordSeal(Passwords, "provider client", random, new CheckMetrics(meters), NullLogger<RecordSeal>.Instance), TimeProvider.System);
        var waiters = new RefreshWaiters(redis, names);
        Published = new PublishedResults(redis, Keys, text, waiters, clock);
        Spent = new SpentTokens(redis, Keys, clock);
        Records = new RedisRefreshRecords(
            redis,
            Keys,
            text,
            new RedisClaims(redis, Keys, text, waiters, locks, whenDown, lives, clock),
            Published,
            Spent,
            new RefreshLockKeeper(redis, Keys, locks, lives, TimeProvider.System),
            waiters,
            whenDown,
            lives,
            clock);
    }

    public RedisConnection Redis { get; }

    public RefreshRecordKeys Keys { get; }

    public PublishedResults Published { get; }

    public SpentTokens Spent { get; }

    public RedisRefreshRecords Records { get; }

    public static async Task<Replica> StartAsync(
        StoreServer server, WhenRedisIsDown whenDown = WhenRedisIsDown.Local, RefreshLock? locks = null, TimeSpan? unacknowledged = null, TimeProvider? clock = null, TimeSpan? deadline = null) =>
        new(await Service.ConnectAsync(server, deadline ?? Service.LongDeadline), whenDown, locks ?? RefreshLock.WithReplay, new RefreshRecordLife(unacknowledged ?? TimeSpan.FromMinutes(15)), clock ?? TimeProvider.System);

    /// <summary>A refresh of a token that nobody else has.</summary>
    public static RefreshGrant NewGrant(string? organizationId = "org_1") => new(new RefreshToken($"refresh-{Interlocked.Increment(ref _count)}"), organizationId);

    /// <summary>What a refresh brings.</summary>
    public RefreshResult.Renewed Renewal(string? organizationId = "org_1", string user = "user_1")
    {
        var number = Interlocked.Increment(ref _count);
        var session = new Session(new AccessToken($"access-{number}"), new RefreshToken($"refresh-{number}"), new SessionUser(user, $"{user}@example.com", $$"""{"object":"user","id":"{{user}}","email":"{{user}}@example.com"}"""), null, null);
        var value = _codec.Seal(session);
        return new RefreshResult.Renewed(value, _codec.Unseal(value)!, DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_000)) { OrganizationId = organizationId };
    }

    public Task<RefreshClaim> ClaimAsync(RefreshGrant grant, string owner = "owner") => Records.ClaimAsync(grant, owner, TestContext.Current.CancellationToken).AsTask();

    public Task<RefreshResult> PublishAsync(RefreshGrant grant, RefreshResult result, string owner = "owner") => Records.PublishAsync(grant, owner, result, TestContext.Current.CancellationToken).AsTask();

    public ValueTask DisposeAsync() => Redis.DisposeAsync();
}
