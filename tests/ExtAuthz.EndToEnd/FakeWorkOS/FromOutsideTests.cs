using System.Net;
using System.Text.Json.Nodes;
using ExtAuthz.FakeWorkOS.Accounts;
using Microsoft.Extensions.Logging;

namespace ExtAuthz.EndToEnd.FakeWorkOS;

/// <summary>What a test in another process, or a reader of the log, sees.</summary>
public sealed class FromOutsideTests
{
    [Fact]
    public async Task Faults_are_switched_over_http()
    {
        await using var fake = await RunningFake.StartAsync();
        var accessToken = fake.Sessions.SignIn(SampleAccounts.Ada, organizationId: null).AccessToken;
        await SwitchAsync(fake, """
            {
              "authenticate": { "answer": { "kind": "status", "code": 429, "retry_after": "00:00:05" }, "calls": 1, "latency": "00:00:00.250", "lost_answers": 0.25 },
              "jwks": { "answer": { "kind": "html", "code": 502 } },
              "access_token_lifetime": "00:00:10",
              "rotate_keys": "replace"
            }
            """);

        fake.Faults.Authenticate.Latency.ShouldBe(TimeSpan.FromMilliseconds(250));
        fake.Faults.Authenticate.LostAnswers.ShouldBe(0.25);
        fake.Faults.AccessTokenLifetime.ShouldBe(TimeSpan.FromSeconds(10));
        (await fake.GetAsync($"/sso/jwks/{fake.Options.ClientId}")).StatusCode.ShouldBe(HttpStatusCode.BadGateway);

        await SwitchAsync(fake, """{ "clear": true, "authenticate": { "answer": { "kind": "status", "code": 429, "retry_after": "00:00:05" } } }""");
        (await fake.RefreshAsync("any")).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        fake.Faults.Authenticate.Latency.ShouldBe(TimeSpan.Zero);
        AccessTokenReading.IsSignedBy(accessToken, await fake.JwksAsync()).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{ "latncy": "00:00:01" }""")]
    [InlineData("""{ "authenticate": { "answer": { "kind": "nonsense" } } }""")]
    [InlineData("""{ "rotate_keys": "sideways" }""")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task Misspelt_switch_is_refused(string json)
    {
        await using var fake = await RunningFake.StartAsync();
        await (await PostAsync(fake, json)).JsonAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Ledger_counts_calls_and_shows_no_token()
    {
        await using var fake = await RunningFake.StartAsync();
        var token = fake.Sessions.SignIn(SampleAccounts.Ada, organizationId: null).RefreshToken;
        var successor = await fake.RefreshAsync(token).RefreshTokenAsync();
        await fake.RefreshAsync(token).RefreshTokenAsync();
        await fake.JwksAsync();
        var response = await fake.GetAsync("/_fake/ledger");
        var text = await response.TextAsync(HttpStatusCode.OK);

        text.ShouldNotContain(token);
        text.ShouldNotContain(successor);
        var ledger = JsonNode.Parse(text)!;
        ledger["authenticate_calls"]!.GetValue<int>().ShouldBe(2);
        ledger["jwks_calls"]!.GetValue<int>().ShouldBe(1);
        ledger["refresh_tokens"]!.AsObject().Single().Value!.ToJsonString().ShouldBe("""{"uses":2,"rotations":1,"deliveries":2}""");
        fake.Ledger.For(token).ShouldBe(new(Uses: 2, Rotations: 1, Deliveries: 2));
        fake.Ledger.For(successor).ShouldBe(new(Uses: 0, Rotations: 0, Deliveries: 0));
    }

    [Fact]
    public async Task Log_shows_requests_without_queries_or_tokens()
    {
        using var log = new CapturedLog();
        await using var fake = await RunningFake.StartAsync(logging: logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(log));
        var code = await new Browser(fake).SignInAsync(SampleAccounts.Ada.Id);
        var token = await fake.ExchangeCodeAsync(code, Browser.Verifier).RefreshTokenAsync();
        await fake.RefreshAsync(token).RefreshTokenAsync();

        var text = log.Text;
        text.ShouldContain("GET /user_management/authorize 200");
        text.ShouldContain("POST /user_management/authenticate 200");
        text.ShouldNotContain("?");
        text.ShouldNotContain("state");
        text.ShouldNotContain(code);
        text.ShouldNotContain(token);
        text.ShouldNotContain(fake.Options.ApiKey);
    }

    private static async Task SwitchAsync(RunningFake fake, string json) =>
        (await PostAsync(fake, json)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

    private static async Task<HttpResponseMessage> PostAsync(RunningFake fake, string json)
    {
        using var content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        return await fake.Http.PostAsync("/_fake/faults", content, TestContext.Current.CancellationToken);
    }
}
