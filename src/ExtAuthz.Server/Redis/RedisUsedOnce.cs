using ExtAuthz.Domain;

namespace ExtAuthz.Server.Redis;

/// <summary>Remembers in all replicas what may be used once. While Redis is away each replica goes by what it has seen itself.</summary>
/// <param name="own">What this replica has seen.</param>
/// <param name="kind">What the values are, for they may be of several kinds.</param>
/// <param name="lifetime">How long a value is good, and must be remembered.</param>
/// <param name="redis">Where it is remembered.</param>
/// <param name="names">What stands for values there.</param>
internal sealed class RedisUsedOnce(UsedOnce own, string kind, TimeSpan lifetime, RedisConnection redis, RecordNames names) : IUsedOnce
{
    /// <summary>That the record is there says everything.</summary>
    private static readonly byte[] Nothing = [];

    /// <inheritdoc/>
    public async ValueTask<bool> TryUseAsync(string value, CancellationToken cancellationToken) =>
        own.TryUse(value) && await redis.SetIfAbsentAsync(KeyOf(value), Nothing, lifetime, cancellationToken) is not RedisReply.Answered { Value: null };

    /// <inheritdoc/>
    public async ValueTask<bool> IsUsedAsync(string value, CancellationToken cancellationToken) =>
        own.IsUsed(value) || await redis.GetAsync(KeyOf(value), cancellationToken) is RedisReply.Answered { Value: not null };

    private string KeyOf(string value) => names.KeyOf(RecordType.Used, names.Of(kind, value));
}
