using System.Buffers.Binary;
using System.Diagnostics;
using ExtAuthz.Domain;

namespace ExtAuthz.Server.Tokens;

/// <summary>
/// Fetches the key set, one fetch at a time: when asked, before the keys are old, and again after a failure.
/// Owns the fetch and the timer: disposing ends them.
/// </summary>
internal sealed class JwksRefresher : IAsyncDisposable
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly JwksClient _client;
    private readonly KeyRingHolder _keys;
    private readonly JwksAges _ages;
    private readonly IRandomSource _random;
    private readonly ILogger<JwksRefresher> _log;
    private readonly ITimer _next;
    private Task? _running;
    private int _failures;

    /// <summary>Fetches nothing before it is asked.</summary>
    public JwksRefresher(JwksClient client, KeyRingHolder keys, JwksAges ages, IRandomSource random, TimeProvider time, ILogger<JwksRefresher> log)
    {
        (_client, _keys, _ages, _random, _log) = (client, keys, ages, random, log);
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
    public Task Start()
    {
        lock (_gate)
        {
            return _running ??= Task.Run(FetchAsync, _stopping.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _next.DisposeAsync();
        await (Running ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void OnTime(object? state) => _ = Start();

    private async Task FetchAsync()
    {
        JwksResult result = new JwksResult.Refused(JwksFault.Unreachable);
        try
        {
            result = await _client.FetchAsync(_stopping.Token);
        }
        finally
        {
            Settle(result);
        }
    }

    private void Settle(JwksResult result)
    {
        lock (_gate)
        {
            _running = null;
            if (!_stopping.IsCancellationRequested)
            {
                var wait = result switch
                {
                    JwksResult.Accepted(var set) => Succeed(set),
                    JwksResult.Refused(var fault) => BackOff(fault),
                    _ => throw new UnreachableException(),
                };
                _next.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private TimeSpan Succeed(JsonWebKeySet set)
    {
        _failures = 0;
        _keys.Take(set);
        return _ages.Soft * (0.9 + (0.2 * Chance()));
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
