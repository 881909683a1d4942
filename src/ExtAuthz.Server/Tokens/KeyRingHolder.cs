namespace ExtAuthz.Server.Tokens;

/// <summary>Holds the keys to verify with, and lets go of them by itself: the previous set after a minute, all of them at the hard age.</summary>
internal sealed class KeyRingHolder : IAsyncDisposable
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly JwksAges _ages;
    private readonly ILogger<KeyRingHolder> _log;
    private readonly ITimer _retirePrevious;
    private readonly ITimer _expire;
    private volatile KeyRing? _keys;
    private int _generation;

    public KeyRingHolder(JwksAges ages, TimeProvider time, ILogger<KeyRingHolder> log)
    {
        (_ages, _log) = (ages, log);
        _retirePrevious = time.CreateTimer(_ => RetirePrevious(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _expire = time.CreateTimer(_ => Expire(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The keys, or null if there are none or they are too old.</summary>
    public KeyRing? Keys => _keys;

    /// <summary>Changes whenever <see cref="Keys"/> do.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Uses a set from now on.</summary>
    /// <param name="fetched">The set.</param>
    /// <param name="age">How long ago it was fetched.</param>
    public void Take(JsonWebKeySet fetched, TimeSpan age)
    {
        lock (_gate)
        {
            _expire.Change(_ages.Hard - age, Timeout.InfiniteTimeSpan);
            var last = _keys?.Current;
            if (last?.HasSameKeysAs(fetched) == true)
            {
                return;
            }

            Replace(fetched, last);
            _retirePrevious.Change(Overlap, Timeout.InfiniteTimeSpan);
            _log.KeysChanged(fetched.Count, _generation);
            if (last?.SharesAKeyIdWith(fetched) == false)
            {
                _log.KeysReplaced();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _retirePrevious.DisposeAsync();
        await _expire.DisposeAsync();
    }

    private void Replace(JsonWebKeySet current, JsonWebKeySet? previous)
    {
        _keys = new KeyRing(current, previous);
        Volatile.Write(ref _generation, _generation + 1);
    }

    private void RetirePrevious()
    {
        lock (_gate)
        {
            if (_keys is { Previous: not null } ring)
            {
                Replace(ring.Current, previous: null);
            }
        }
    }

    private void Expire()
    {
        lock (_gate)
        {
            _keys = null;
            _log.KeysExpired();
        }
    }
}
