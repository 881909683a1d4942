using System.Collections.Concurrent;
using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Server.Redis;

/// <summary>Renews the locks that this replica holds, until it lets them go or an exchange can not be under way any more; at once after a reconnect, for Redis may have lost them.</summary>
internal sealed class RefreshLockKeeper
{
    private readonly RedisConnection _redis;
    private readonly RefreshRecordKeys _keys;
    private readonly RefreshLock _times;
    private readonly RefreshRecordLife _lives;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, HeldLock> _held = new(StringComparer.Ordinal);

    public RefreshLockKeeper(RedisConnection redis, RefreshRecordKeys keys, RefreshLock times, RefreshRecordLife lives, TimeProvider clock)
    {
        (_redis, _keys, _times, _lives, _clock) = (redis, keys, times, lives, clock);
        redis.WhenConnected(RenewAll);
    }

    /// <summary>Begins to renew a lock that was taken; one that was taken again is renewed already.</summary>
    public void Keep(string name, string owner)
    {
        var held = new HeldLock(name, owner, _clock.GetTimestamp());
        if (_held.TryAdd(owner, held))
        {
            _ = RenewUntilLetGoAsync(held);
        }
    }

    /// <summary>Stops renewing, for good when this ends; the lock itself is given up by whoever publishes or releases.</summary>
    public Task LetGoAsync(string owner) => _held.TryRemove(owner, out var held) ? held.EndAsync() : Task.CompletedTask;

    private async Task RenewUntilLetGoAsync(HeldLock held)
    {
        while (IsNeeded(held))
        {
            await Task.Delay(_times.Beat, _clock);
            await RenewAsync(held);
        }
    }

    private void RenewAll()
    {
        foreach (var held in _held.Values.Where(IsNeeded))
        {
            _ = RenewAsync(held);
        }
    }

    private bool IsNeeded(HeldLock held) => !held.IsEnded && _clock.GetElapsedTime(held.Since) < _times.Longest;

    private Task RenewAsync(HeldLock held) => held.RenewAsync(() => _redis.InsistAsync(() => CallAsync(held), () => IsNeeded(held)));

    private Task<RedisReply> CallAsync(HeldLock held) => _redis.EvaluateAsync(
        RefreshScripts.Renew,
        [_keys.Lock(held.Name), _keys.Attempt(held.Name), _keys.Result(held.Name), _keys.Tombstone(held.Name)],
        [RedisValues.Text(held.Owner), RedisValues.Milliseconds(_times.Life), RedisValues.Milliseconds(_lives.Unacknowledged), RedisValues.Milliseconds(_clock.GetElapsedTime(held.Since))],
        CancellationToken.None);
}
