using System.Collections.Concurrent;

namespace ExtAuthz.Server.Redis;

/// <summary>Renews the locks that this replica holds, until it lets them go or an exchange can not be under way any more.</summary>
internal sealed class RefreshLockKeeper(RedisConnection redis, RefreshRecordKeys keys, RefreshLock times, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _held = new(StringComparer.Ordinal);

    /// <summary>How long a lock holds without being renewed.</summary>
    public TimeSpan Life => times.Life;

    /// <summary>Begins to renew a lock that was taken; one that was taken again is renewed already.</summary>
    public void Keep(string name, string owner)
    {
        var end = new CancellationTokenSource(times.Longest, clock);
        if (_held.TryAdd(owner, end))
        {
            _ = RenewAsync(keys.Lock(name), owner, end.Token);
        }
        else
        {
            end.Dispose();
        }
    }

    /// <summary>Stops renewing; the lock itself is given up by whoever publishes or releases.</summary>
    public void LetGo(string owner)
    {
        if (_held.TryRemove(owner, out var end))
        {
            end.Cancel();
            end.Dispose();
        }
    }

    private async Task RenewAsync(string key, string owner, CancellationToken end)
    {
        while (true)
        {
            await Task.Delay(times.Beat, clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
            {
                return;
            }

            await redis.EvaluateAsync(RefreshScripts.Renew, [key], [RedisValues.Text(owner), RedisValues.Milliseconds(times.Life)], CancellationToken.None);
        }
    }
}
