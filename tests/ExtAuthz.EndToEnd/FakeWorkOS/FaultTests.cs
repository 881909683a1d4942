using System.Net;
using System.Text.Json.Nodes;
using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.FaultInjection;
using ExtAuthz.FakeWorkOS.Sessions;

namespace ExtAuthz.EndToEnd.FakeWorkOS;

public sealed class FaultTests
{
    [Theory]
    [InlineData(400, "error")]
    [InlineData(401, "message")]
    [InlineData(403, "message")]
    [InlineData(408, "message")]
    [InlineData(429, "message")]
    [InlineData(500, "message")]
    [InlineData(501, "message")]
    [InlineData(503, "message")]
    [InlineData(504, "message")]
    public async Task Status_fault_refuses_before_any_work(int code, string member)
    {
        await using var fake = await RunningFake.StartAsync();
        var token = SignIn(fake).RefreshToken;
        fake.Faults.Authenticate.Answer(new FaultAnswer.Status(code));

        (await (await fake.RefreshAsync(token)).JsonAsync((HttpStatusCode)code)).ShouldContainKey(member);
        fake.Ledger.For(token).ShouldBe(new(Uses: 1, Rotations: 0, Deliveries: 0));
        fake.Faults.Clear();
        await (await fake.RefreshAsync(token)).JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Bad_request_is_an_invalid_grant_unless_it_names_another_error()
    {
        await using var fake = await RunningFake.StartAsync();
        fake.Faults.Authenticate.Answer(new FaultAnswer.Status(400));
        await fake.RefreshAsync("any").ShouldBeInvalidGrantAsync("Session has already ended.");

        fake.Faults.Authenticate.Answer(new FaultAnswer.Status(400, Error: "invalid_client"));
        (await (await fake.RefreshAsync("any")).JsonAsync(HttpStatusCode.BadRequest))["error"]!.GetValue<string>().ShouldBe("invalid_client");
    }

    [Fact]
    public async Task Fault_for_some_calls_ends_after_them()
    {
        await using var fake = await RunningFake.StartAsync();
        var token = SignIn(fake).RefreshToken;
        fake.Faults.Authenticate.Answer(new FaultAnswer.Status(429, RetryAfter: TimeSpan.FromSeconds(5)), calls: 2);

        (await fake.RefreshAsync(token)).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        await (await fake.RefreshAsync(token)).JsonAsync(HttpStatusCode.TooManyRequests);
        await (await fake.RefreshAsync(token)).JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Gateway_page_is_html()
    {
        await using var fake = await RunningFake.StartAsync();
        fake.Faults.Authenticate.Answer(new FaultAnswer.Html());
        var response = await fake.RefreshAsync("any");

        (await response.TextAsync(HttpStatusCode.BadGateway)).ShouldStartWith("<html>");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task Unreadable_answer_comes_after_the_work()
    {
        await using var fake = await RunningFake.StartAsync();
        var token = SignIn(fake).RefreshToken;
        fake.Faults.Authenticate.Answer(new FaultAnswer.Unreadable(), calls: 1);
        var body = await (await fake.RefreshAsync(token)).TextAsync(HttpStatusCode.OK);

        Should.Throw<System.Text.Json.JsonException>(() => JsonNode.Parse(body));
        fake.Ledger.For(token).ShouldBe(new(Uses: 1, Rotations: 1, Deliveries: 0));
        await (await fake.RefreshAsync(token)).JsonAsync(HttpStatusCode.OK);
        fake.Ledger.For(token).ShouldBe(new(Uses: 2, Rotations: 1, Deliveries: 1));
    }

    [Fact]
    public async Task Huge_answer_is_larger_than_any_client_should_read()
    {
        await using var fake = await RunningFake.StartAsync();
        var token = SignIn(fake).RefreshToken;
        fake.Faults.Authenticate.Answer(new FaultAnswer.Huge());

        (await (await fake.RefreshAsync(token)).TextAsync(HttpStatusCode.OK)).Length.ShouldBeGreaterThan(8 * 1024 * 1024);
        fake.Ledger.For(token).Rotations.ShouldBe(1);
    }

    [Fact]
    public async Task Lost_answer_has_done_its_work()
    {
        await using var fake = await RunningFake.StartAsync();
        var token = SignIn(fake).RefreshToken;
        fake.Faults.Authenticate.LostAnswers = 1;

        await Should.ThrowAsync<HttpRequestException>(() => fake.RefreshAsync(token));
        fake.Ledger.For(token).ShouldBe(new(Uses: 1, Rotations: 1, Deliveries: 0));
        fake.Faults.Clear();
        await (await fake.RefreshAsync(token)).JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Same_seed_loses_the_same_answers()
    {
        var first = await LossesAsync(seed: 7);
        (await LossesAsync(seed: 7)).ShouldBe(first);
        (await LossesAsync(seed: 8)).ShouldNotBe(first);
        first.Count(lost => lost).ShouldBeInRange(1, 39);
    }

    [Fact]
    public async Task Latency_holds_the_answer_back_on_the_clock_of_the_fake()
    {
        await using var fake = await RunningFake.StartAsync();
        var (token, start) = (SignIn(fake).RefreshToken, fake.Clock.GetUtcNow());
        fake.Faults.Authenticate.Latency = TimeSpan.FromSeconds(12);

        var answer = fake.RefreshAsync(token);
        while (!answer.IsCompleted)
        {
            fake.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await answer).StatusCode.ShouldBe(HttpStatusCode.OK);
        (fake.Clock.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task Key_address_fails_by_itself()
    {
        await using var fake = await RunningFake.StartAsync();
        var path = $"/sso/jwks/{fake.Options.ClientId}";
        fake.Faults.Jwks.Answer(new FaultAnswer.Status(503), calls: 1);
        (await fake.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        fake.Faults.Jwks.Answer(new FaultAnswer.Unreadable(), calls: 1);
        (await (await fake.GetAsync(path)).TextAsync(HttpStatusCode.OK)).ShouldNotContain("keys");

        await fake.JwksAsync();
        fake.Ledger.JwksCalls.ShouldBe(3);
        await (await fake.RefreshAsync(SignIn(fake).RefreshToken)).JsonAsync(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-1)]
    public async Task Access_token_lifetime_can_be_changed(int seconds)
    {
        await using var fake = await RunningFake.StartAsync();
        fake.Faults.AccessTokenLifetime = TimeSpan.FromSeconds(seconds);
        var claims = AccessTokenReading.Claims(SignIn(fake).AccessToken);

        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(seconds);
        fake.Faults.Clear();
        fake.Faults.AccessTokenLifetime.ShouldBe(fake.Options.AccessTokenLifetime);
    }

    [Fact]
    public async Task Rotation_with_overlap_keeps_the_old_key_and_without_it_drops_it()
    {
        await using var fake = await RunningFake.StartAsync();
        var first = SignIn(fake).AccessToken;
        fake.Keys.Rotate(overlap: true);
        var second = SignIn(fake).AccessToken;
        var jwks = await fake.JwksAsync();
        jwks["keys"]!.AsArray().Count.ShouldBe(2);
        AccessTokenReading.IsSignedBy(first, jwks).ShouldBeTrue();
        AccessTokenReading.IsSignedBy(second, jwks).ShouldBeTrue();

        fake.Keys.Rotate(overlap: false);
        jwks = await fake.JwksAsync();
        jwks["keys"]!.AsArray().Count.ShouldBe(1);
        AccessTokenReading.IsSignedBy(second, jwks).ShouldBeFalse();
        AccessTokenReading.IsSignedBy(SignIn(fake).AccessToken, jwks).ShouldBeTrue();
    }

    private static async Task<bool[]> LossesAsync(int seed)
    {
        await using var fake = await RunningFake.StartAsync(options => options.Seed = seed);
        fake.Faults.Authenticate.LostAnswers = 0.5;
        var losses = new bool[40];
        for (var call = 0; call < losses.Length; call++)
        {
            try
            {
                using var response = await fake.RefreshAsync("any");
            }
            catch (HttpRequestException)
            {
                losses[call] = true;
            }
        }

        return losses;
    }

    private static SessionTokens SignIn(RunningFake fake) => fake.Sessions.SignIn(SampleAccounts.Ada, SampleAccounts.Engines.Id);
}
