using System.Collections.Concurrent;
using System.Text;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// Those of this replica who wait while another one exchanges their token. They are woken when it is done, so that they need not ask Redis again and again,
/// and when messages may have been missed.
/// </summary>
internal sealed class RefreshWaiters
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    public RefreshWaiters(RedisConnection redis, RecordNames names)
    {
        Channel = names.ChannelOf(RecordType.Lock);
        redis.Subscribe(Channel, message => Wake(Encoding.ASCII.GetString(message)));
        redis.WhenConnected(WakeAll);
    }

    /// <summary>Where a replica that lets go of a lock tells the name of the token.</summary>
    public string Channel { get; }

    /// <summary>Ends when the token of this name is let go of. Asked before Redis, so that no message comes between.</summary>
    public Task NextAsync(string name) => _waiting.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes who waits for the token of this name, whatever became of it.</summary>
    public void Wake(string name)
    {
        if (_waiting.TryRemove(name, out var waiting))
        {
            waiting.SetResult();
        }
    }

    private void WakeAll()
    {
        foreach (var name in _waiting.Keys)
        {
            Wake(name);
        }
    }
}
