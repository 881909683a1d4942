using ExtAuthz.Server.Sessions;

namespace ExtAuthz.Server.Redis;

/// <summary>Where Redis is, and how it is used.</summary>
/// <param name="Servers">The servers and how to connect to them.</param>
/// <param name="KeyPrefix">What the name of every key and channel begins with.</param>
/// <param name="NamePassword">What records' names are made with; null for the cookie password that seals.</param>
/// <param name="OperationTimeout">How long a call waits for its answer.</param>
/// <param name="WhenDown">What refreshes do while Redis is away; null for what suits the provider.</param>
internal sealed record RedisSettings(RedisServers Servers, string KeyPrefix, SealPassword? NamePassword, TimeSpan OperationTimeout, WhenRedisIsDown? WhenDown)
{
    /// <summary>What refreshes do while Redis is away: two replicas may send one token only where a second use is answered like the first.</summary>
    /// <param name="replayWindow">How long the provider answers so.</param>
    public WhenRedisIsDown WhenDownFor(TimeSpan replayWindow) => WhenDown ?? (replayWindow == TimeSpan.Zero ? WhenRedisIsDown.Defer : WhenRedisIsDown.Local);
}
