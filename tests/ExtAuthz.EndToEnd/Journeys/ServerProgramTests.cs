using ExtAuthz.EndToEnd.Programs;

namespace ExtAuthz.EndToEnd.Journeys;

/// <summary>How the shipped service refuses to start, and how it stops.</summary>
public sealed class ServerProgramTests
{
    [Fact]
    public async Task Bad_configuration_names_every_fault_and_exits_78()
    {
        const string secret = "too-short-a-secret";
        await using var server = ChildProgram.Start(
            ServerProgram.Assembly,
            [
                new("WORKOS_API_KEY", null), new("WORKOS_CLIENT_ID", null), new("WORKOS_REDIRECT_URI", null), new("NEXT_PUBLIC_WORKOS_REDIRECT_URI", null),
                new("WORKOS_COOKIE_PASSWORD", secret), new("ExtAuthz__Grpc__Port", "70000"), new("ExtAuthz__Mistyped", "1"),
            ]);
        var (exitCode, _, error) = await server.EndAsync();

        exitCode.ShouldBe(78);
        foreach (var setting in new[] { "ApiKey", "ClientId", "RedirectUri", "CookiePassword", "Grpc:Port", "Mistyped" })
        {
            error.ShouldContain($"ExtAuthz:{setting}");
        }

        error.ShouldStartWith("ExtAuthz does not start: 6 faults");
        error.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Check_in_flight_at_sigterm_is_answered()
    {
        await using var journey = await Journey.StartAsync();
        var callback = await journey.BeginSignInAsync();
        await journey.Server.LineAsync("Request finished");
        journey.Faults.Authenticate.Latency = TimeSpan.FromSeconds(20);

        var inFlight = journey.Visitor.OpenAsync(callback.AbsoluteUri);
        await journey.Server.LineAsync("Request starting");
        await journey.Server.SignalAsync("TERM");
        await journey.Server.LineAsync("Application is shutting down");
        journey.Faults.Clear();
        journey.ProviderClock.Advance(TimeSpan.FromSeconds(20));

        (await inFlight).NewSession.ShouldNotBeNull();
        (await journey.Server.EndAsync()).ExitCode.ShouldBe(0);
        (await journey.Visitor.OpenAsync(Journey.PublicPage)).Status.ShouldBe(403);
    }
}
