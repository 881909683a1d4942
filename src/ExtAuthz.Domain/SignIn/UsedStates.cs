namespace ExtAuthz.Domain.SignIn;

/// <summary>
/// Remembers which states have bought a session or tried to: each may once. Bounded by two generations; a new one begins when a
/// state of the last has certainly ended, or when it is full. Behind it stand the provider's single-use code and PKCE.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="capacity">How many states a generation holds.</param>
public sealed class UsedStates(TimeProvider clock, int capacity)
{
    private readonly Lock _rotation = new();
    private HashSet<Digest> _young = [];
    private HashSet<Digest> _old = [];
    private DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>Uses a state; false when that has happened before.</summary>
    public bool TryUse(SealedState state)
    {
        lock (_rotation)
        {
            if (_young.Count >= capacity || clock.GetUtcNow() - _since >= SignInStart.Lifetime)
            {
                (_old, _young, _since) = (_young, [], clock.GetUtcNow());
            }

            var key = Digest.Of(state.Value);
            return !_old.Contains(key) && _young.Add(key);
        }
    }
}
