using ExtAuthz.Server.Configuration;
using Microsoft.Extensions.Logging;

namespace ExtAuthz.Server.Tests.Configuration;

public sealed class StartupSummaryTests
{
    [Fact]
    public void It_tells_what_is_in_force_and_no_secret()
    {
        var lines = Summary();

        lines.Count.ShouldBe(4);
        lines.ShouldAllBe(line => line.Level == LogLevel.Information);
        var text = string.Join('\n', lines.Select(line => line.Text));
        text.ShouldContain("https://app.example.com/callback");
        text.ShouldContain("password 1 seals");
        text.ShouldNotContain(Written.ApiKey);
        text.ShouldNotContain(Written.Password);
    }

    [Theory]
    [InlineData("ExtAuthz:MiddlewareAuth:Enabled=false", "no path of https://app.example.com needs a session")]
    [InlineData("ExtAuthz:Grpc:Address=0.0.0.0", "other machines can reach the port")]
    [InlineData("ExtAuthz:PublicOrigin=http://app.example.com", "cleartext")]
    public void It_warns_of_each_setting_that_weakens_security(string line, string warning) =>
        Summary("ExtAuthz:UnsafeAllowHttp=true", line).Where(entry => entry.Level == LogLevel.Warning).ShouldHaveSingleItem().Text.ShouldContain(warning);

    [Fact]
    public void It_tells_which_Redis_without_its_password()
    {
        var line = Summary("ExtAuthz:Redis:Configuration=redis-a:6379,redis-b,ssl=true,password=battery-staple").Select(entry => entry.Text)
            .Single(text => text.StartsWith("Redis", StringComparison.Ordinal));

        line.ShouldContain("redis-a:6379");
        line.ShouldContain("redis-b");
        line.ShouldEndWith("by TLS, keys extauthz:*");
        line.ShouldNotContain("battery-staple");
    }

    [Fact]
    public void It_tells_where_events_are_taken_without_their_secret()
    {
        var lines = Summary("ExtAuthz:Operations:Port=9010", "ExtAuthz:Operations:EventsSecret=correct-horse").Select(entry => entry.Text).ToList();

        lines.ShouldContain("Events of the provider at 127.0.0.1:9010");
        lines.ShouldAllBe(line => !line.Contains("correct-horse", StringComparison.Ordinal));
    }

    private static List<(LogLevel Level, string Text)> Summary(params string[] lines)
    {
        var logger = new ListLogger();
        StartupSummary.Write(logger, Written.Settings(lines));
        return logger.Lines;
    }

    private sealed class ListLogger : ILogger
    {
        public List<(LogLevel Level, string Text)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }
}
