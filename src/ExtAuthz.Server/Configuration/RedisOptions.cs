using ExtAuthz.Server.Redis;

namespace ExtAuthz.Server.Configuration;

/// <summary>What replicas share, if they share anything.</summary>
internal sealed class RedisOptions
{
    /// <summary>As StackExchange.Redis writes it; null for a replica by itself.</summary>
    public string? Configuration { get; set; }

    public string KeyPrefix { get; set; } = "extauthz:";

    /// <summary>Null for the cookie password that seals.</summary>
    public string? NamePassword { get; set; }

    public int OperationTimeoutMilliseconds { get; set; } = 250;

    /// <summary>Null for what suits the provider.</summary>
    public WhenRedisIsDown? WhenDown { get; set; }
}
