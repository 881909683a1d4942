using System.Collections.Concurrent;
using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// Tells of tokens whose successor is in use: for two minutes their result is still good, and then they are never sent again. It tells that again after each reconnect,
/// for a provider would take a token that Redis forgot for a stolen one, and end the session of whoever has the successor.
/// </summary>
internal sealed class SpentTokens
{
    private readonly RedisConnection _redis;
    private readonly RefreshRecordKeys _keys;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public SpentTokens(RedisConnection redis, RefreshRecordKeys keys, TimeProvider clock)
    {
        (_redis, _keys, _clock) = (redis, keys, clock);
        redis.WhenConnected(() => _ = TellAllAsync());
    }

    /// <summary>Tells that the successor of a token was seen. Ends when the token need not be told of again.</summary>
    /// <param name="name">What stands for the token in keys.</param>
    public async Task AddAsync(string name)
    {
        await _redis.EvaluateAsync(
            RefreshScripts.Acknowledge,
            [_keys.Result(name), _keys.Tombstone(name)],
            [RedisValues.Milliseconds(RefreshRecordLife.Acknowledged), RedisValues.Milliseconds(RefreshRecordLife.Spent)],
            CancellationToken.None);
        var until = _clock.GetUtcNow() + RefreshRecordLife.Acknowledged + RefreshRecordLife.Spent;
        if (_until.Count < WrittenAgain.Most && _until.TryAdd(name, until)) // a successor is seen many times
        {
            await Task.Delay(RefreshRecordLife.Acknowledged, _clock);
            await TellAsync(name, until);
            await Task.Delay(RefreshRecordLife.Spent, _clock);
            _until.TryRemove(name, out _);
        }
    }

    /// <summary>Those whose result is good no more: where a token is known as spent, no result is written.</summary>
    private Task TellAllAsync() => WrittenAgain.AllAsync(
        _until.Where(spent => spent.Value - _clock.GetUtcNow() <= RefreshRecordLife.Spent), spent => TellAsync(spent.Key, spent.Value));

    private Task<RedisReply> TellAsync(string name, DateTimeOffset until) =>
        _redis.InsistAsync(() => _redis.SetAsync(_keys.Tombstone(name), [], until - _clock.GetUtcNow(), CancellationToken.None), () => _clock.GetUtcNow() < until);
}
