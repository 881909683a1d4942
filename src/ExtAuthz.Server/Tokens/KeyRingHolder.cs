namespace ExtAuthz.Server.Tokens;

/// <summary>Holds the keys to verify with, and lets go of them by itself: the previous set after a minute, all of them at the hard age.</summary>
internal sealed class KeyRingHolder : IAsyncDisposable
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly JwksAges ages;
    private readonly ILogger<KeyRingHolder> log;
    private readonly ITimer retirePrevious;
    private readonly ITimer expire;
    private volatile KeyRing? keys;
    private int generation;

    public KeyRingHolder(JwksAges ages, TimeProvider time, ILogger<KeyRingHolder> log)
    {
        (this.ages, this.log) = (ages, log);
        retirePrevious = time.CreateTimer(_ => RetirePrevious(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        expire = time.CreateTimer(_ => Expire(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The keys, or null if there are none or they are too old.</summary>
    public KeyRing? Keys => keys;

    /// <summary>Changes whenever <see cref="Keys"/> do.</summary>
    public int Generation => Volatile.Read(ref generation);

    /// <summary>Uses a freshly fetched set from now on.</summary>
    public void Take(JsonWebKeySet fetched)
    {
        lock (gate)
        {
            expire.Change(ages.Hard, Timeout.InfiniteTimeSpan);
            var last = keys?.Current;
            if (last?.HasSameKeysAs(fetched) == true)
            {
                return;
            }

            Replace(fetched, last);
            retirePrevious.Change(Overlap, Timeout.InfiniteTimeSpan);
            log.KeysChanged(fetched.Count, generation);
            if (last?.SharesAKeyIdWith(fetched) == false)
            {
                log.KeysReplaced();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await retirePrevious.DisposeAsync();
        await expire.DisposeAsync();
    }

    private void Replace(JsonWebKeySet current, JsonWebKeySet? previous)
    {
        keys = new KeyRing(current, previous);
        Volatile.Write(ref generation, generation + 1);
    }

    private void RetirePrevious()
    {
        lock (gate)
        {
            if (keys is { Previous: not null } ring)
            {
                Replace(ring.Current, previous: null);
            }
        }
    }

    private void Expire()
    {
        lock (gate)
        {
            keys = null;
            log.KeysExpired();
        }
    }
}
