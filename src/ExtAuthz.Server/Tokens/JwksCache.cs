using ExtAuthz.Domain;

namespace ExtAuthz.Server.Tokens;

/// <summary>The provider's keys as a request sees them: at hand, or worth a moment's wait, or not to be had.</summary>
internal sealed class JwksCache : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LearnInterval = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly KeyRingHolder holder;
    private readonly JwksRefresher refresher;
    private readonly UnknownKeyIds unknown;
    private long? learntAt;

    /// <summary>Fetches nothing before it is asked.</summary>
    public JwksCache(JwksClient client, JwksAges ages, IRandomSource random, TimeProvider time, ILogger<JwksCache> log)
    {
        this.time = time;
        holder = new KeyRingHolder(ages.Hard, time, log);
        refresher = new JwksRefresher(client, holder, ages.Soft, random, time, log);
        unknown = new UnknownKeyIds(time);
    }

    /// <inheritdoc cref="KeyRingHolder.Keys"/>
    public KeyRing? Keys => holder.Keys;

    /// <inheritdoc cref="KeyRingHolder.Generation"/>
    public int Generation => holder.Generation;

    /// <summary>Fetches the keys before the first request; returns when the first attempt has ended, whatever it brought.</summary>
    public Task WarmAsync(CancellationToken cancellationToken) => refresher.Start().WaitAsync(cancellationToken);

    /// <summary>Waits a moment for the first keys, but not for a retry that has to wait itself.</summary>
    public ValueTask HaveAnyAsync(CancellationToken cancellationToken) =>
        WaitAsync(refresher.IsBackingOff ? refresher.Running : refresher.Start(), cancellationToken);

    /// <summary>Waits a moment for a key that is in no set: for the fetch under way or, once a minute, for one of its own.</summary>
    public async ValueTask LearnAsync(string keyId, CancellationToken cancellationToken)
    {
        if (FetchFor(keyId) is { } fetch)
        {
            await WaitAsync(fetch, cancellationToken);
            lock (gate)
            {
                unknown.Add(keyId); // harmless if the fetch brought it: only keys that are in no set are asked for
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await refresher.DisposeAsync();
        await holder.DisposeAsync();
    }

    private Task? FetchFor(string keyId)
    {
        lock (gate)
        {
            return unknown.Contains(keyId) ? default : refresher.Running ?? (MayFetch() ? refresher.Start() : default);
        }
    }

    private bool MayFetch()
    {
        if (learntAt is { } last && time.GetElapsedTime(last) < LearnInterval)
        {
            return false;
        }

        learntAt = time.GetTimestamp();
        return true;
    }

    private async ValueTask WaitAsync(Task? fetch, CancellationToken cancellationToken)
    {
        await (fetch ?? Task.CompletedTask).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
