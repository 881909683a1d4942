namespace ExtAuthz.Server.Transport.Health;

/// <summary>Whether this process should get requests: it is ready and not shutting down. Not ready at first.</summary>
internal sealed class HealthStatus
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private bool _isReady;
    private bool _isDraining;
    private bool _isStopped;

    /// <summary>The health now, and a signal of its next change.</summary>
    public HealthSnapshot Current
    {
        get
        {
            lock (_lock)
            {
                return new HealthSnapshot(_isReady && !_isDraining, _isStopped, _changed.Task);
            }
        }
    }

    /// <summary>Says whether what we depend on is there.</summary>
    public void SetReady(bool isReady) => Change(ref _isReady, isReady);

    /// <summary>Asks for no more requests, for good; those that come are still served.</summary>
    public void Drain() => Change(ref _isDraining, true);

    /// <summary>Lets those that watch go.</summary>
    public void Stop() => Change(ref _isStopped, true);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(ref bool flag, bool value)
    {
        lock (_lock)
        {
            if (flag != value)
            {
                flag = value;
                _changed.SetResult();
                _changed = NewSignal();
            }
        }
    }
}
