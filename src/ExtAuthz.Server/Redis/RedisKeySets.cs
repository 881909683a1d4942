using ExtAuthz.Domain;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// One key set for all replicas: who holds the lease fetches it and leaves a sealed copy, the others take the copy. Redis is looked at only when this replica would
/// otherwise ask the provider; while it is away each replica asks by itself.
/// </summary>
internal sealed class RedisKeySets : IKeySetSource
{
    private static readonly TimeSpan FirstConnection = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10); // longer than a fetch may take
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UnknownKeyInterval = TimeSpan.FromSeconds(60);

    private readonly JwksClient _provider;
    private readonly RedisConnection _redis;
    private readonly RecordSeal _seal;
    private readonly JwksAges _ages;
    private readonly TimeProvider _clock;
    private readonly byte[] _owner;
    private readonly string _name;
    private readonly string _copyKey;
    private readonly string _leaseKey;
    private readonly string _unknownKey;
    private readonly Task _start;
    private KeySetCopy? _last;

    public RedisKeySets(JwksClient provider, RedisConnection redis, RecordNames names, RecordSeal seal, JwksAges ages, TimeProvider clock, IRandomSource random)
    {
        (_provider, _redis, _seal, _ages, _clock) = (provider, redis, seal, ages, clock);
        _owner = RedisValues.Text(RandomUuid.New(random).ToString());
        _name = names.Of("key set");
        _copyKey = names.KeyOf(RecordType.KeySet, _name);
        (_leaseKey, _unknownKey) = ($"{_copyKey}:lease", $"{_copyKey}:unknown");
        _start = FirstConnectionAsync();
    }

    /// <inheritdoc/>
    public async Task<JwksResult?> FetchAsync(string? unknownKeyId, CancellationToken cancellationToken)
    {
        await _start.WaitAsync(cancellationToken);
        var started = _clock.GetTimestamp();
        while (_clock.GetElapsedTime(started) < Lease && await _redis.SetIfAbsentAsync(_leaseKey, _owner, Lease, cancellationToken) is RedisReply.Answered lease)
        {
            var isOurTurn = lease.Value is not null;
            try
            {
                var copy = await ReadAsync(cancellationToken);
                if (copy?.Supersedes(_last) == true && (unknownKeyId is null || copy.Keys.Contains(unknownKeyId)))
                {
                    return Use(copy);
                }

                var isReplaced = copy?.Replaces(_last) == true;
                if (isOurTurn || isReplaced)
                {
                    return unknownKeyId is null || isReplaced || await MayFetchForUnknownKeyAsync(cancellationToken) ? await FetchAndShareAsync(cancellationToken) : null;
                }
            }
            finally
            {
                if (isOurTurn)
                {
                    await _redis.EvaluateAsync(RefreshScripts.Drop, [_leaseKey], [_owner], CancellationToken.None);
                }
            }

            await Task.Delay(Pause, _clock, cancellationToken);
        }

        return await AskProviderAsync(cancellationToken); // Redis is away, or somebody has the lease longer than it lives
    }

    /// <summary>Once a minute for all replicas. Each asks no more often by itself, so an outage of Redis opens nothing.</summary>
    private async Task<bool> MayFetchForUnknownKeyAsync(CancellationToken cancellationToken) =>
        await _redis.SetIfAbsentAsync(_unknownKey, _owner, UnknownKeyInterval, cancellationToken) is not RedisReply.Answered { Value: null };

    private async Task<JwksResult> FetchAndShareAsync(CancellationToken cancellationToken)
    {
        var result = await AskProviderAsync(cancellationToken);
        if (result is JwksResult.Accepted && _seal.Seal(RecordType.KeySet, _name, _last!.Write()) is { Length: <= RecordSeal.MaxLength } record) // _last: just fetched
        {
            await _redis.SetAsync(_copyKey, record, _ages.Hard, cancellationToken);
        }

        return result;
    }

    private async Task<JwksResult> AskProviderAsync(CancellationToken cancellationToken)
    {
        var result = await _provider.FetchAsync(cancellationToken);
        if (result is JwksResult.Accepted(var keys))
        {
            _last = new KeySetCopy(keys, _clock.GetUtcNow());
        }

        return result;
    }

    private JwksResult.Accepted Use(KeySetCopy copy)
    {
        _last = copy;
        return new JwksResult.Accepted(copy.Keys) { Age = AgeOf(copy) };
    }

    private async Task<KeySetCopy?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await _redis.GetAsync(_copyKey, cancellationToken) is not RedisReply.Answered { Value: { } record } || _seal.Open(RecordType.KeySet, _name, record) is not { } content)
        {
            return null;
        }

        if (KeySetCopy.Read(content) is { } copy && AgeOf(copy) < _ages.Hard)
        {
            return copy;
        }

        _seal.Reject(RecordType.KeySet); // written by an older version of us, or by somebody who keeps what we wrote
        return null;
    }

    /// <summary>The clock of the replica that fetched it may be ahead.</summary>
    private TimeSpan AgeOf(KeySetCopy copy)
    {
        var age = _clock.GetUtcNow() - copy.FetchedAt;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    /// <summary>Replicas that start together share their first fetch only if they wait for Redis.</summary>
    private Task FirstConnectionAsync()
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _redis.WhenConnected(() => connected.TrySetResult());
        return _redis.IsUp ? Task.CompletedTask : Task.WhenAny(connected.Task, Task.Delay(FirstConnection, _clock));
    }
}
