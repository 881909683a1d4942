namespace ExtAuthz.Demo;

/// <summary>Logging to the console, one line an event.</summary>
internal static class ConsoleLog
{
    /// <summary>Logs our own events from this level on, and of the framework's no more than warnings.</summary>
    public static Action<ILoggingBuilder> At(LogLevel level) => logging => logging
        .AddSimpleConsole(console => console.SingleLine = true)
        .SetMinimumLevel(level < LogLevel.Warning ? LogLevel.Warning : level)
        .AddFilter("ExtAuthz", level);
}
