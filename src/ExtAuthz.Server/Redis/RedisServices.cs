using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Telemetry;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Redis;

/// <summary>Registers what the replicas of a site share.</summary>
internal static class RedisServices
{
    /// <summary>How many ended sessions a replica remembers: some 200 bytes each.</summary>
    private const int RememberedSignOuts = 100_000;

    public static IServiceCollection AddSharedRecords(this IServiceCollection services, SiteSettings settings, RedisSettings redis, IServiceProvider shared) => services
        .AddSingleton(redis)
        .AddSingleton(shared.GetRequiredService<RedisConnection>())
        .AddSingleton(new RecordNames(redis.NamePassword ?? settings.Passwords.Sealing, redis.KeyPrefix, settings.ConfigurationId))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<RecordSeal>(provider, settings.ConfigurationId, shared.GetRequiredService<CheckMetrics>()))
        .AddSingleton<RefreshRecordKeys>()
        .AddSingleton<RefreshResultText>()
        .AddSingleton(RefreshLock.For(settings.ReplayWindow))
        .AddSingleton<RefreshLockKeeper>()
        .AddSingleton<RefreshWaiters>()
        .AddSingleton<PublishedResults>()
        .AddSingleton<SpentTokens>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<RedisClaims>(provider, redis.WhenDownFor(settings.ReplayWindow)))
        .AddSingleton<IRefreshRecords>(provider => ActivatorUtilities.CreateInstance<RedisRefreshRecords>(provider, redis.WhenDownFor(settings.ReplayWindow)))
        .AddSingleton<IKeySetSource, RedisKeySets>()
        .AddSingleton<RevocationRecords>()
        .AddSingleton<ISessionRevocation>(provider => ActivatorUtilities.CreateInstance<RedisSessionRevocation>(
            provider, ActivatorUtilities.CreateInstance<InProcessSessionRevocation>(provider, RememberedSignOuts)));
}
