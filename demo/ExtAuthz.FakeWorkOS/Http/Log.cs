namespace ExtAuthz.FakeWorkOS.Http;

/// <summary>The log events of the fake.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Method} {Path} {Status}", EventName = "Answered")]
    public static partial void Answered(this ILogger logger, string method, string path, int status);
}
