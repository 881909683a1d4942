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

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly JwksClient client;
    private readonly KeyRingHolder keys;
    private readonly JwksAges ages;
    private readonly IRandomSource random;
    private readonly ILogger<JwksRefresher> log;
    private readonly ITimer next;
    private Task? running;
    private int failures;

    /// <summary>Fetches nothing before it is asked.</summary>
    public JwksRefresher(JwksClient client, KeyRingHolder keys, JwksAges ages, IRandomSource random, TimeProvider time, ILogger<JwksRefresher> log)
    {
        (this.client, this.keys, this.ages, this.random, this.log) = (client, keys, ages, random, log);
        next = time.CreateTimer(OnTime, state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The fetch under way, if there is one.</summary>
    public Task? Running
    {
        get
        {
            lock (gate)
            {
                return running;
            }
        }
    }

    /// <summary>Joins the fetch under way or starts the first. Null if there are keys, or if the last fetch failed and the next waits for its time.</summary>
    public Task? StartFirst()
    {
        lock (gate)
        {
            return running ?? (keys.Keys is null && failures == 0 ? Start() : null);
        }
    }

    /// <summary>Joins the fetch under way or starts one. The fetch belongs to nobody who waits for it.</summary>
    public Task Start()
    {
        lock (gate)
        {
            return running ??= Task.Run(FetchAsync, stopping.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await next.DisposeAsync();
        await (Running ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private void OnTime(object? state) => _ = Start();

    private async Task FetchAsync()
    {
        JwksResult result = new JwksResult.Refused(JwksFault.Unreachable);
        try
        {
            result = await client.FetchAsync(stopping.Token);
        }
        finally
        {
            Settle(result);
        }
    }

    private void Settle(JwksResult result)
    {
        lock (gate)
        {
            running = null;
            if (!stopping.IsCancellationRequested)
            {
                var wait = result switch
                {
                    JwksResult.Accepted(var set) => Succeed(set),
                    JwksResult.Refused(var fault) => BackOff(fault),
                    _ => throw new UnreachableException(),
                };
                next.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private TimeSpan Succeed(JsonWebKeySet set)
    {
        failures = 0;
        keys.Take(set);
        return ages.Soft * (0.9 + (0.2 * Chance()));
    }

    /// <summary>Without keys an attempt every second or two; with keys there is no hurry.</summary>
    private TimeSpan BackOff(JwksFault fault)
    {
        failures++;
        var seconds = keys.Keys is null ? 1 : Math.Min(Math.Pow(2, failures - 1), LongestBackOff.TotalSeconds);
        var wait = TimeSpan.FromSeconds(seconds * (1 + Chance()));
        log.KeysNotFetched(fault, failures, wait);
        if (fault is JwksFault.PrivateKey)
        {
            log.PrivateKeyPublished();
        }

        return wait;
    }

    /// <summary>A number from 0 to below 1.</summary>
    private double Chance()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        random.Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) / (uint.MaxValue + 1.0);
    }
}
