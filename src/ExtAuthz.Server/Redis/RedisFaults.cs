using System.Net.Sockets;
using System.Security.Authentication;
using StackExchange.Redis;

namespace ExtAuthz.Server.Redis;

/// <summary>What the client's exceptions mean.</summary>
internal static class RedisFaults
{
    /// <summary>The cause of a failed call; null for what is no outage but a fault of ours.</summary>
    public static RedisFault? CauseOf(Exception fault) => fault switch
    {
        RedisServerException => RedisFault.Refused,
        TimeoutException => RedisFault.Timeout,
        RedisException or RedisCommandException or OperationCanceledException or IOException or SocketException or AuthenticationException => RedisFault.ConnectionLost,
        InvalidOperationException or NullReferenceException => RedisFault.ConnectionLost, // calls that meet a client being closed; version 1 is not clean there
        _ => null,
    };

    /// <summary>Whether the server's error is of this kind, its first word.</summary>
    public static bool IsOf(RedisServerException fault, string kind) => fault.Message.StartsWith(kind, StringComparison.Ordinal);
}
