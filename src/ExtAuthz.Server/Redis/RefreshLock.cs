namespace ExtAuthz.Server.Redis;

/// <summary>How long the lock on a refresh token holds: long enough for a pause of its holder, short enough that another replica takes over while the provider still repeats its answer.</summary>
/// <param name="Life">How long it holds without being renewed.</param>
/// <param name="Beat">How often it is renewed.</param>
/// <param name="Longest">How long it is renewed at most: as long as an exchange takes.</param>
internal sealed record RefreshLock(TimeSpan Life, TimeSpan Beat, TimeSpan Longest)
{
    /// <summary>For a provider that answers a rotated token so long with the same tokens: whoever takes over must still be within that.</summary>
    public static RefreshLock For(TimeSpan replayWindow) => replayWindow < TimeSpan.FromSeconds(10) ? Strict : WithReplay;

    /// <summary>For a provider with a replay window.</summary>
    public static RefreshLock WithReplay { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(26));

    /// <summary>For one that takes a second use for theft: nobody should take over early.</summary>
    public static RefreshLock Strict { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
}
