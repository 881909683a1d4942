namespace ExtAuthz.Server.Redis;

/// <summary>
/// Spares callers the wait for a server that does not answer: after three failures in a row it lets one call a second through,
/// until one succeeds.
/// </summary>
internal sealed class CircuitBreaker(TimeProvider clock)
{
    private const int FailuresAllowed = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private int _failures;
    private long _openedAt;

    /// <summary>Whether calls are refused at this moment.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return IsOpenNow;
            }
        }
    }

    private bool IsOpenNow => _failures >= FailuresAllowed && clock.GetElapsedTime(_openedAt) < Pause;

    /// <summary>Whether a call may be made. When the pause is over the first to ask may, and the others wait for another pause.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (IsOpenNow)
            {
                return false;
            }

            _openedAt = clock.GetTimestamp();
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            _failures = 0;
        }
    }

    /// <summary>Counts a failure; true when it is the one that opens the breaker.</summary>
    public bool Failed()
    {
        lock (_gate)
        {
            _openedAt = clock.GetTimestamp();
            return ++_failures == FailuresAllowed;
        }
    }
}
