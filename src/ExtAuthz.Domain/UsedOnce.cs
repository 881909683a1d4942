namespace ExtAuthz.Domain;

/// <summary>
/// Remembers in this process what may be used once: states that have bought a session or tried to, logout tokens, and refresh tokens whose successor is in use. Bounded by two generations; a new one begins
/// when whatever the last began with has certainly ended, or when it is full.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="lifetime">How long a value is good, and must be remembered.</param>
/// <param name="capacity">How many values a generation holds.</param>
public sealed class UsedOnce(TimeProvider clock, TimeSpan lifetime, int capacity) : IUsedOnce
{
    private readonly Lock _rotation = new();
    private HashSet<Digest> _young = [];
    private HashSet<Digest> _old = [];
    private DateTimeOffset _since = clock.GetUtcNow();

    /// <inheritdoc/>
    public ValueTask<bool> TryUseAsync(string value, CancellationToken cancellationToken) => ValueTask.FromResult(TryUse(value));

    /// <inheritdoc/>
    public ValueTask<bool> IsUsedAsync(string value, CancellationToken cancellationToken) => ValueTask.FromResult(IsUsed(value));

    /// <summary>Uses a value; false when that has happened before.</summary>
    public bool TryUse(ReadOnlySpan<char> value)
    {
        lock (_rotation)
        {
            Rotate();
            var key = Digest.Of(value);
            return !_old.Contains(key) && _young.Add(key);
        }
    }

    /// <summary>Whether a value has been used.</summary>
    public bool IsUsed(ReadOnlySpan<char> value)
    {
        lock (_rotation)
        {
            Rotate();
            var key = Digest.Of(value);
            return _old.Contains(key) || _young.Contains(key);
        }
    }

    private void Rotate()
    {
        if (_young.Count >= capacity || clock.GetUtcNow() - _since >= lifetime)
        {
            (_old, _young, _since) = (_young, [], clock.GetUtcNow());
        }
    }
}
