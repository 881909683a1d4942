using ExtAuthz.Server.Configuration;
using Microsoft.Extensions.Logging;

namespace ExtAuthz.Server.Tests.Configuration;

public sealed class StartupSummaryTests
{
    private const string TwoPasswords = $"WORKOS_COOKIE_PASSWORD=1:{Written.Password},2:battery-staple-correct-horse-4242";

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
    [InlineData("ExtAuthz:Redis:Configuration=redis&" + TwoPasswords, "share neither sign-outs nor refreshes")]
    public void It_warns_of_each_setting_that_weakens_security(string lines, string warning) =>
        Summary(["ExtAuthz:UnsafeAllowHttp=true", .. lines.Split('&')]).Where(entry => entry.Level == LogLevel.Warning).ShouldHaveSingleItem().Text.ShouldContain(warning);

    [Theory]
    [InlineData("ExtAuthz:Redis:Configuration=redis")]
    [InlineData("ExtAuthz:Redis:Configuration=redis", "ExtAuthz:Redis:NamePassword=a-password-of-thirty-two-characters", TwoPasswords)]
    [InlineData(TwoPasswords)]
    public void A_new_cookie_password_is_no_trouble_where_names_do_not_change_with_it(params string[] lines) =>
        Summary(lines).ShouldAllBe(entry => entry.Level == LogLevel.Information && !entry.Text.Contains("a-password", StringComparison.Ordinal));

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
