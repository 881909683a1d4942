namespace ExtAuthz.Server.Tokens;

/// <summary>The provider's keys as a request sees them: at hand, or worth a moment's wait, or not to be had.</summary>
internal sealed class JwksCache(KeyRingHolder holder, JwksRefresher refresher, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly UnknownKeyIds _unknown = new(time);

    /// <inheritdoc cref="KeyRingHolder.Keys"/>
    public KeyRing? Keys => holder.Keys;

    /// <inheritdoc cref="KeyRingHolder.Generation"/>
    public int Generation => holder.Generation;

    /// <summary>Fetches the keys before the first request; returns when the first attempt has ended, whatever it brought.</summary>
    public Task WarmAsync(CancellationToken cancellationToken) => refresher.Start().WaitAsync(cancellationToken);

    /// <summary>Waits a moment for the first keys, but not for a retry that has to wait itself.</summary>
    public ValueTask HaveAnyAsync(CancellationToken cancellationToken) => WaitAsync(refresher.StartFirst(), cancellationToken);

    /// <summary>The set in which to look for a key, after a moment's wait if there is no set or the key is not in it; null when there are no keys at all.</summary>
    public async ValueTask<JsonWebKeySet?> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (Keys is null)
        {
            await HaveAnyAsync(cancellationToken);
        }

        if (keyId is { Length: > 0 } && Keys?.Current.Contains(keyId) == false)
        {
            await LearnAsync(keyId, cancellationToken);
        }

        return Keys?.Current;
    }

    /// <summary>Waits a moment for a key that is in no set: for the fetch under way or, once a minute, for one of its own.</summary>
    public async ValueTask LearnAsync(string keyId, CancellationToken cancellationToken)
    {
        Task? fetch;
        lock (_gate)
        {
            fetch = _unknown.Contains(keyId) ? null : refresher.StartFor(keyId);
        }

        if (fetch is not null)
        {
            await WaitAsync(fetch, cancellationToken);
            lock (_gate)
            {
                _unknown.Add(keyId); // harmless if the fetch brought it: only keys that are in no set are asked for
            }
        }
    }

    private async ValueTask WaitAsync(Task? fetch, CancellationToken cancellationToken)
    {
        await (fetch ?? Task.CompletedTask).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
