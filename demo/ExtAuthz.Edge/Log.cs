namespace ExtAuthz.Edge;

/// <summary>The access log: one line a request, never a header, a cookie or a query.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Method} {Path} {Status} {Details} {Metadata}", EventName = "Access")]
    public static partial void Access(ILogger logger, string method, string path, int status, string details, string metadata);

    [LoggerMessage(2, LogLevel.Warning, "The check failed: {Reason}", EventName = "CheckFailed")]
    public static partial void CheckFailed(ILogger logger, string reason);
}
