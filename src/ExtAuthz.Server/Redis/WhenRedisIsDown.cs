namespace ExtAuthz.Server.Redis;

/// <summary>How an ended access token is refreshed while Redis is away.</summary>
internal enum WhenRedisIsDown
{
    /// <summary>Each replica refreshes by itself. For providers that answer a token just used with the same tokens again.</summary>
    Local,

    /// <summary>Not before Redis is back. For providers that take a second use of a token for theft.</summary>
    Defer,
}
