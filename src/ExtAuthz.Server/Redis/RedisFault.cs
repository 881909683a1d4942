namespace ExtAuthz.Server.Redis;

/// <summary>Why Redis gave no answer that counts.</summary>
internal enum RedisFault
{
    /// <summary>There is no connection, or too many calls failed just now: nothing was sent.</summary>
    NotConnected,

    /// <summary>No answer in time. What was sent may still be done.</summary>
    Timeout,

    /// <summary>The connection broke. What was sent may have been done.</summary>
    ConnectionLost,

    /// <summary>The server answered with an error: a read-only replica, no memory, no permission.</summary>
    Refused,
}
