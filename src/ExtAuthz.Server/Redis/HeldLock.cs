namespace ExtAuthz.Server.Redis;

/// <summary>A lock on a refresh token that this replica holds. Its renewals and its end come one after another: a renewal that came after the end would take the lock back for nobody.</summary>
/// <param name="name">What stands for the token in keys.</param>
/// <param name="owner">Who holds it.</param>
/// <param name="since">When it was taken, of the clock's timestamps.</param>
internal sealed class HeldLock(string name, string owner, long since)
{
    private readonly Lock _gate = new();
    private Task _renewals = Task.CompletedTask;
    private volatile bool _isEnded;

    public string Name => name;

    public string Owner => owner;

    public long Since => since;

    public bool IsEnded => _isEnded;

    /// <summary>Renews it after the renewals before, unless it has ended.</summary>
    public Task RenewAsync(Func<Task> renewAsync)
    {
        lock (_gate)
        {
            return _isEnded ? Task.CompletedTask : _renewals = NextAsync(_renewals, renewAsync);
        }
    }

    /// <summary>Has it renewed no more; ends when the renewals under way have.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            _isEnded = true;
            return _renewals;
        }
    }

    private static async Task NextAsync(Task before, Func<Task> renewAsync)
    {
        await before;
        await renewAsync();
    }
}
