using System.Buffers.Binary;
using ExtAuthz.Domain;

namespace ExtAuthz.Server.Tokens;

/// <summary>
/// Fetches the key set, one fetch at a time: when asked, before the keys are old, and again after a failure.
/// Owns the fetch and the timer: disposing ends them.
/// </summary>
internal sealed class JwksRefresher : IAsyncDisposable
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UnknownKeyInterval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UnknownKeyPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IKeySetSource _source;
    private readonly KeyRingHolder _keys;
    private readonly JwksAges _ages;
    private readonly IRandomSource _random;
    private readonly TimeProvider _time;
    private readonly ILogger<JwksRefresher> _log;
    private readonly ITimer _next;
    private Task? _running;
    private int _failures;
    private long _unknownKeyAt;
    private TimeSpan _unknownKeyWait; // none before the first

    /// <summary>Fetches nothing before it is asked.</summary>
    public JwksRefresher(IKeySetSource source, KeyRingHolder keys, JwksAges ages, IRandomSource random, TimeProvider time, ILogger<JwksRefresher> log)
    {
        (_source, _keys, _ages, _random, _time, _log) = (source, keys, ages, random, time, log);
        _next = time.CreateTimer(OnTime, state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The fetch under way, if there is one.</summary>
    public Task? Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Joins the fetch under way or starts the first. Null if there are keys, or if the last fetch failed and the next waits for its time.</summary>
    public Task? StartFirst()
    {
        lock (_gate)
        {
            return _running ?? (_keys.Keys is null && _failures == 0 ? Start() : null);
        }
    }

    /// <summary>Joins the fetch under way or starts one. The fetch belongs to nobody who waits for it.</summary>
    public Task Start() => Start(unknownKeyId: null);

    /// <summary>Joins the fetch under way or starts one for a key that is in no set. Null if that is too soon: once a minute is enough.</summary>
    public Task? StartFor(string unknownKeyId)
    {
        lock (_gate)
        {
            if (_running is not null || _time.GetElapsedTime(_unknownKeyAt) < _unknownKeyWait)
            {
                return _running;
            }

            (_unknownKeyAt, _unknownKeyWait) = (_time.GetTimestamp(), UnknownKeyInterval);
            return Start(unknownKeyId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _next.DisposeAsync();
        await (Running ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private Task Start(string? unknownKeyId)
    {
        lock (_gate)
        {
            return _running ??= Task.Run(() => FetchAsync(unknownKeyId), _stopping.Token);
        }
    }

    private void OnTime(object? state)
    {
        lock (_gate)
        {
            if (_running is null)
            {
                _ = Start();
            }
            else
            {
                _next.Change(UnknownKeyPause, Timeout.InfiniteTimeSpan); // that one may bring nothing
            }
        }
    }

    private async Task FetchAsync(string? unknownKeyId)
    {
        JwksResult? result = new JwksResult.Refused(JwksFault.Unreachable);
        try
        {
            result = await _source.FetchAsync(unknownKeyId, _stopping.Token);
        }
        finally
        {
            Settle(result);
        }
    }

    private void Settle(JwksResult? result)
    {
        lock (_gate)
        {
            _running = null;
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            switch (result)
            {
                case JwksResult.Accepted accepted:
                    _next.Change(Succeed(accepted), Timeout.InfiniteTimeSpan);
                    break;
                case JwksResult.Refused(var fault):
                    _next.Change(BackOff(fault), Timeout.InfiniteTimeSpan);
                    break;
                default:
                    _unknownKeyWait = UnknownKeyPause; // another replica had this minute's fetch; what comes of it can be had soon
                    break;
            }
        }
    }

    private TimeSpan Succeed(JwksResult.Accepted accepted)
    {
        _failures = 0;
        _keys.Take(accepted.Keys, accepted.Age);
        var wait = (_ages.Soft * (0.9 + (0.2 * Chance()))) - accepted.Age;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Without keys an attempt every second or two; with keys there is no hurry.</summary>
    private TimeSpan BackOff(JwksFault fault)
    {
        _failures++;
        var seconds = _keys.Keys is null ? 1 : Math.Min(Math.Pow(2, _failures - 1), LongestBackOff.TotalSeconds);
        var wait = TimeSpan.FromSeconds(seconds * (1 + Chance()));
        _log.KeysNotFetched(fault, _failures, wait);
        if (fault is JwksFault.PrivateKey)
        {
            _log.PrivateKeyPublished();
        }

        return wait;
    }

    /// <summary>A number from 0 to below 1.</summary>
    private double Chance()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        _random.Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) / (uint.MaxValue + 1.0);
    }
}
