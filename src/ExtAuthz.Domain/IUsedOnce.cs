namespace ExtAuthz.Domain;

/// <summary>Remembers what may be used once, for as long as it would be good: states of sign-ins, logout tokens.</summary>
public interface IUsedOnce
{
    /// <summary>Uses a value; false when that has happened before.</summary>
    ValueTask<bool> TryUseAsync(string value, CancellationToken cancellationToken);

    /// <summary>Whether a value has been used.</summary>
    ValueTask<bool> IsUsedAsync(string value, CancellationToken cancellationToken);
}
