namespace ExtAuthz.Server.Transport;

/// <summary>What the transport logs. Ids 1000 to 1099; ids and names are a contract.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(1000, LogLevel.Warning, "Denied a CheckRequest that is not protobuf", EventName = "CheckRequestMalformed")]
    public static partial void CheckRequestMalformed(this ILogger logger);

    [LoggerMessage(1001, LogLevel.Warning, "Denied a CheckRequest without an HTTP request: is the filter in a TCP or UDP chain?", EventName = "CheckRequestNotHttp")]
    public static partial void CheckRequestNotHttp(this ILogger logger);

    [LoggerMessage(1002, LogLevel.Error, "A check failed and is denied", EventName = "CheckFailed")]
    public static partial void CheckFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1003, LogLevel.Error, "A gRPC call failed", EventName = "GrpcCallFailed")]
    public static partial void GrpcCallFailed(this ILogger logger, Exception exception);
}
