using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// What all replicas know of refresh tokens. Redis saves exchanges and carries results; it is never trusted with a secret, and never needed to keep
/// a session: while it is away this replica goes on with what it knows itself, or waits (<see cref="WhenRedisIsDown"/>).
/// </summary>
internal sealed class RedisRefreshRecords : IRefreshRecords
{
    private static readonly TimeSpan[] ReassertAfter = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(40)]; // 2, 8, 20 and 60 seconds after
    private static readonly TimeSpan RetryPublish = TimeSpan.FromMilliseconds(500);
    private const int RetriesOfPublish = 60;

    /// <summary>A machine too busy to hear an answer in time is no outage: to go on alone then would send one token from every replica.</summary>
    private const int TriesOfClaim = 10;
    private static readonly TimeSpan RetryClaim = TimeSpan.FromMilliseconds(200);

    private readonly RedisConnection _redis;
    private readonly RefreshRecordKeys _keys;
    private readonly RecordSeal _seal;
    private readonly RefreshResultText _text;
    private readonly RefreshLock _lock;
    private readonly WhenRedisIsDown _whenDown;
    private readonly TimeProvider _clock;
    private readonly InProcessRefreshRecords _own;
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Published> _published = new(StringComparer.Ordinal);

    public RedisRefreshRecords(RedisConnection redis, RefreshRecordKeys keys, RecordSeal seal, RefreshResultText text, RefreshLock @lock, WhenRedisIsDown whenDown, TimeProvider clock)
    {
        (_redis, _keys, _seal, _text, _lock, _whenDown, _clock) = (redis, keys, seal, text, @lock, whenDown, clock);
        _own = new InProcessRefreshRecords(clock);
        redis.WhenConnected(ReassertAll);
    }

    /// <inheritdoc/>
    public async ValueTask<RefreshClaim> ClaimAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        var name = _keys.NameOf(grant.RefreshToken);
        for (var tries = 1; ; tries++)
        {
            var reply = await _redis.EvaluateAsync(
                RefreshScripts.Claim,
                [_keys.Result(name), _keys.Failure(name, grant.OrganizationId), _keys.Tombstone(name), _keys.Lock(name), _keys.Attempt(name)],
                [Bytes(owner), Milliseconds(_lock.Life), Milliseconds(RefreshRecordLife.Unacknowledged)],
                cancellationToken);
            if (reply is not RedisReply.Answered answer)
            {
                if (reply is not RedisReply.Unavailable { Cause: RedisFault.Refused } && _redis.IsConnected && tries < TriesOfClaim)
                {
                    await Task.Delay(RetryClaim, _clock, cancellationToken);
                    continue;
                }

                return await ClaimWithoutRedisAsync(grant, owner, cancellationToken);
            }

            switch (answer.Value is { } kind ? Encoding.ASCII.GetString(kind) : "")
            {
                case "settled" or "failed" when Read(name, answer.Part(1)) is { } result:
                    await _own.PublishAsync(grant, owner, result, cancellationToken);
                    return new RefreshClaim.Settled(result);
                case "settled":
                    await DropAsync(_keys.Result(name), answer.Part(1), cancellationToken);
                    break;
                case "failed":
                    await DropAsync(_keys.Failure(name, grant.OrganizationId), answer.Part(1), cancellationToken);
                    break;
                case "spent":
                    return new RefreshClaim.Spent();
                case "granted":
                    KeepLock(name, owner);
                    return new RefreshClaim.Granted(answer.Number(1) is { } since ? TimeSpan.FromMilliseconds(since) : null);
                default:
                    return new RefreshClaim.Held();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<RefreshResult> PublishAsync(RefreshGrant grant, string owner, RefreshResult result, CancellationToken cancellationToken)
    {
        LetGo(owner);
        await _own.PublishAsync(grant, owner, result, cancellationToken);
        var record = new Published(_keys.NameOf(grant.RefreshToken), grant, owner, result, _clock.GetUtcNow() + RefreshRecordLife.Of(grant, result));
        var reply = await WriteAsync(record, cancellationToken);
        if (RefreshRecordLife.SettlesToken(grant, result))
        {
            _published[record.Name] = record;
            _ = reply is RedisReply.Answered ? ReassertAsync(record, ReassertAfter) : ReassertAsync(record, Enumerable.Repeat(RetryPublish, RetriesOfPublish));
        }

        return reply is RedisReply.Answered { Value: { } first } && Read(record.Name, first) is { } stands ? stands : result;
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        LetGo(owner);
        await _own.ReleaseAsync(grant, owner, cancellationToken);
        await _redis.EvaluateAsync(RefreshScripts.Release, [_keys.Lock(_keys.NameOf(grant.RefreshToken))], [Bytes(owner)], cancellationToken);
    }

    /// <inheritdoc/>
    public void Acknowledge(RefreshToken successor)
    {
        _own.Acknowledge(successor);
        _ = AcknowledgeAsync(_keys.NameOf(successor));
    }

    /// <summary>What this replica knows still counts; whether it goes on alone is configured.</summary>
    private async ValueTask<RefreshClaim> ClaimWithoutRedisAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        var claim = await _own.ClaimAsync(grant, owner, cancellationToken);
        if (claim is RefreshClaim.Granted && _whenDown is WhenRedisIsDown.Defer)
        {
            await _own.ReleaseAsync(grant, owner, cancellationToken);
            return new RefreshClaim.Unreachable();
        }

        return claim;
    }

    private RefreshResult? Read(string name, byte[]? record) =>
        record is not null && _seal.Open(RecordType.Result, name, record) is { } text ? _text.Read(text, _clock.GetUtcNow()) : null;

    private async Task DropAsync(string key, byte[]? record, CancellationToken cancellationToken) =>
        await _redis.EvaluateAsync(RefreshScripts.Drop, [key], [record ?? []], cancellationToken);

    private async Task<RedisReply> WriteAsync(Published record, CancellationToken cancellationToken)
    {
        var life = record.Until - _clock.GetUtcNow();
        var reply = await _redis.EvaluateAsync(
            RefreshScripts.Publish,
            [_keys.Result(record.Name), _keys.Failure(record.Name, record.Grant.OrganizationId), _keys.Lock(record.Name), _keys.Tombstone(record.Name)],
            [
                Bytes(record.Owner),
                _seal.Seal(RecordType.Result, record.Name, RefreshResultText.Write(record.Result, _clock.GetUtcNow())),
                Milliseconds(life),
                RefreshRecordLife.SettlesToken(record.Grant, record.Result) ? "1"u8.ToArray() : "0"u8.ToArray(),
            ],
            cancellationToken);
        if (reply is RedisReply.Answered && record.Result is RefreshResult.Renewed { Session.RefreshToken: var successor } && successor != record.Grant.RefreshToken && life > TimeSpan.Zero)
        {
            var next = _keys.NameOf(successor);
            await _redis.SetIfAbsentAsync(_keys.Predecessor(next), _seal.Seal(RecordType.Predecessor, next, Bytes(record.Name)), life, cancellationToken);
        }

        return reply;
    }

    /// <summary>Writes a renewal again: a replica of Redis that took over may not have it, and a Redis that was away has nothing.</summary>
    private async Task ReassertAsync(Published record, IEnumerable<TimeSpan> pauses)
    {
        foreach (var pause in pauses)
        {
            await Task.Delay(pause, _clock);
            if (!_published.ContainsKey(record.Name))
            {
                return;
            }

            await WriteAsync(record, CancellationToken.None);
        }
    }

    private void ReassertAll()
    {
        foreach (var record in _published.Values)
        {
            if (record.Until <= _clock.GetUtcNow())
            {
                _published.TryRemove(KeyValuePair.Create(record.Name, record));
            }
            else
            {
                _ = WriteAsync(record, CancellationToken.None);
            }
        }
    }

    private async Task AcknowledgeAsync(string successor)
    {
        if (await _redis.GetAsync(_keys.Predecessor(successor), CancellationToken.None) is RedisReply.Answered { Value: { } sealedName }
            && _seal.Open(RecordType.Predecessor, successor, sealedName) is { } bytes)
        {
            var name = Encoding.UTF8.GetString(bytes);
            _published.TryRemove(name, out _);
            await _redis.EvaluateAsync(
                RefreshScripts.Acknowledge,
                [_keys.Result(name), _keys.Tombstone(name)],
                [Milliseconds(RefreshRecordLife.Acknowledged), Milliseconds(RefreshRecordLife.Spent)],
                CancellationToken.None);
        }
    }

    private void KeepLock(string name, string owner)
    {
        var end = new CancellationTokenSource(_lock.Longest, _clock);
        _held[owner] = end;
        _ = RenewAsync(_keys.Lock(name), owner, end.Token);
    }

    private async Task RenewAsync(string key, string owner, CancellationToken end)
    {
        while (true)
        {
            await Task.Delay(_lock.Beat, _clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
            {
                return;
            }

            await _redis.EvaluateAsync(RefreshScripts.Renew, [key], [Bytes(owner), Milliseconds(_lock.Life)], CancellationToken.None);
        }
    }

    private void LetGo(string owner)
    {
        if (_held.TryRemove(owner, out var renewal))
        {
            renewal.Cancel();
            renewal.Dispose();
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Milliseconds(TimeSpan time) => Encoding.ASCII.GetBytes(((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));

    private sealed record Published(string Name, RefreshGrant Grant, string Owner, RefreshResult Result, DateTimeOffset Until);
}
