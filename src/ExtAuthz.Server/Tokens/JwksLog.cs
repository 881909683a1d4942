namespace ExtAuthz.Server.Tokens;

/// <summary>What happens to the key set. Event names and ids are a contract.</summary>
internal static partial class JwksLog
{
    [LoggerMessage(200, LogLevel.Information, "Signing keys changed: {Count} keys, generation {Generation}", EventName = "KeysChanged")]
    public static partial void KeysChanged(this ILogger log, int count, int generation);

    [LoggerMessage(201, LogLevel.Warning, "Signing keys replaced by a set that shares no key id with the last one", EventName = "KeysReplaced")]
    public static partial void KeysReplaced(this ILogger log);

    [LoggerMessage(202, LogLevel.Warning, "Signing keys could not be fetched ({Fault}); attempt {Failures}, next in {Delay}", EventName = "KeysNotFetched")]
    public static partial void KeysNotFetched(this ILogger log, JwksFault fault, int failures, TimeSpan delay);

    [LoggerMessage(203, LogLevel.Critical, "The key set endpoint publishes a private key; its set is refused", EventName = "PrivateKeyPublished")]
    public static partial void PrivateKeyPublished(this ILogger log);

    [LoggerMessage(204, LogLevel.Error, "Signing keys are too old to be used and no newer ones can be fetched", EventName = "KeysExpired")]
    public static partial void KeysExpired(this ILogger log);
}
