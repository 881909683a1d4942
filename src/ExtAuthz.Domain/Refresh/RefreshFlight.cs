namespace ExtAuthz.Domain.Refresh;

/// <summary>One refresh under way, and its result for a while after: started by the first who joins, removed by itself alone.</summary>
internal sealed class RefreshFlight(Action<RefreshFlight> remove, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Task<RefreshResult>? _result;
    private ITimer? _retirement;

    /// <summary>The shared result; <paramref name="fly"/> runs once, on the pool, so that no caller's wait depends on it.</summary>
    public Task<RefreshResult> Join(Func<Task<RefreshResult>> fly)
    {
        lock (_gate)
        {
            return _result ??= Task.Run(fly);
        }
    }

    /// <summary>Waits for the end of the flight, however it ends.</summary>
    public async Task LandAsync()
    {
        if (_result is { } result)
        {
            await ((Task)result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _retirement?.Dispose();
    }

    /// <summary>Ends the sharing after <paramref name="grace"/>; at once when it is zero.</summary>
    public void RetireAfter(TimeSpan grace)
    {
        if (grace <= TimeSpan.Zero)
        {
            remove(this);
            return;
        }

        _retirement = clock.CreateTimer(static state => ((RefreshFlight)state!).Retire(), this, grace, Timeout.InfiniteTimeSpan);
    }

    private void Retire()
    {
        remove(this);
        _retirement?.Dispose();
    }
}
