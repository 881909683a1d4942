using System.Security.Authentication;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tests.WorkOS;

public sealed class WorkOSIdentityProviderTests
{
    private static readonly RefreshGrant Grant = new(new RefreshToken("rt_old"), "org_1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_authorization_url_is_AuthKits() =>
        new ScriptedProvider(200, "").Provider
            .AuthorizationUrl(new AuthorizationRequest(new SealedState("Fe26.2*1*ab_-*x~2"), "CHAL", ScreenHint.SignUp))
            .ShouldBe("https://api.workos.com/user_management/authorize?client_id=client_1&code_challenge=CHAL&code_challenge_method=S256&provider=authkit"
                + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&response_type=code&screen_hint=sign-up&state=Fe26.2%2A1%2Aab_-%2Ax~2");

    [Fact]
    public async Task A_refresh_sends_these_bytes()
    {
        var provider = new ScriptedProvider(200, ScriptedProvider.Session);

        await provider.Provider.RefreshAsync(Grant, Token);

        provider.Request.ShouldBe("""
            POST https://api.workos.com/user_management/authenticate
            accept: application/json
            authorization: Bearer sk_test_key
            content-length: 134
            content-type: application/json
            idempotency-key: retry-abababab-abab-4bab-abab-abababababab
            user-agent: extauthz/0.1.0

            {"grant_type":"refresh_token","client_id":"client_1","client_secret":"sk_test_key","refresh_token":"rt_old","organization_id":"org_1"}
            """);
    }

    [Fact]
    public async Task A_refresh_without_an_organisation_names_none()
    {
        var provider = new ScriptedProvider(200, ScriptedProvider.Session);

        await provider.Provider.RefreshAsync(Grant with { OrganizationId = null }, Token);

        provider.Request.ShouldEndWith("""{"grant_type":"refresh_token","client_id":"client_1","client_secret":"sk_test_key","refresh_token":"rt_old"}""");
    }

    [Fact]
    public async Task A_code_exchange_sends_the_code_and_its_verifier()
    {
        var provider = new ScriptedProvider(200, ScriptedProvider.Session);

        await provider.Provider.ExchangeCodeAsync(new AuthorizationCode("code_1"), new SignInState("nonce", "verifier", ReturnPathname: null), Token);

        provider.Request.ShouldEndWith("""{"grant_type":"authorization_code","client_id":"client_1","client_secret":"sk_test_key","code":"code_1","code_verifier":"verifier"}""");
    }

    [Fact]
    public async Task An_answer_with_tokens_is_a_session()
    {
        var session = (await RefreshAsync(200, ScriptedProvider.Session)).ShouldBeOfType<RefreshOutcome.Refreshed>().Session;

        session.AccessToken.Value.ShouldBe("at_new");
        session.RefreshToken.Value.ShouldBe("rt_new");
        session.User.ShouldNotBeNull().Json.ShouldContain("\"emailVerified\":true");
        session.Impersonator.ShouldBe(new Impersonator("op@example.com", null));
        session.AuthenticationMethod.ShouldBe("Password");
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Refresh token already exchanged."}""", "invalid_grant")]
    [InlineData(403, """{"error":"sso_required","error_description":"…","connection_ids":["conn_1"]}""", "sso_required")]
    [InlineData(403, """{"code":"mfa_enrollment","message":"…","pending_authentication_token":"secret"}""", "mfa_enrollment")]
    [InlineData(403, """{"error":"Forbidden","code":"sso_required"}""", "sso_required")]
    public async Task Three_codes_end_a_session(int status, string body, string error) =>
        (await RefreshAsync(status, body)).ShouldBe(new RefreshOutcome.Ended(error));

    [Theory]
    [InlineData(401, """{"message":"Unauthorized"}""", "401 unnamed")]
    [InlineData(401, "<html>", "401 unnamed")]
    [InlineData(401, """{"error":"invalid_grant"}""", "401 invalid_grant")]
    [InlineData(403, """{"code":"email_verification_required"}""", "403 email_verification_required")]
    [InlineData(400, """{"error":"invalid_client"}""", "400 invalid_client")]
    [InlineData(400, """{"error":"Injected\r\nline"}""", "400 unnamed")]
    [InlineData(404, """{"message":"Not found"}""", "404 unnamed")]
    [InlineData(409, "{}", "409 unnamed")]
    [InlineData(422, """{"code":"invalid_request_parameters","errors":[{"code":"x"}]}""", "422 invalid_request_parameters")]
    public async Task Any_other_refusal_is_of_us_and_keeps_the_session(int status, string body, string cause) =>
        (await RefreshAsync(status, body)).ShouldBeOfType<RefreshOutcome.Misconfigured>().Cause.ShouldBe(cause);

    [Theory]
    [InlineData("https://auth.example.com/x?a=b", "https://auth.example.com/x?a=b")]
    [InlineData("http://auth.example.com/x", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("https://user@evil.example/", null)]
    [InlineData("/relative", null)]
    public async Task A_browser_is_sent_where_the_provider_says_over_https_alone(string url, string? expected) =>
        (await RefreshAsync(403, $$"""{"error":"sso_required","authkit_redirect_url":"{{url}}"}""")).ShouldBeOfType<RefreshOutcome.Ended>().Redirect?.Value.ShouldBe(expected);

    [Theory]
    [InlineData(408, "{}")]
    [InlineData(429, """{"message":"Rate limited"}""")]
    [InlineData(500, """{"error":"invalid_grant"}""")]
    [InlineData(501, "{}")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(503, """{"error":"sso_required"}""")]
    [InlineData(504, "")]
    [InlineData(599, "{}")]
    public async Task Faults_of_the_provider_keep_the_session(int status, string body) =>
        (await RefreshAsync(status, body)).ShouldBe(new RefreshOutcome.Transient($"status {status}", null));

    [Theory]
    [InlineData("5", 5)]
    [InlineData("0", 0)]
    [InlineData("86400", 60)]
    [InlineData("Thu, 01 Jan 2026 12:00:07 GMT", 7)]
    [InlineData("Thu, 01 Jan 2026 11:00:00 GMT", 0)]
    [InlineData("Thu, 01 Jan 2099 00:00:00 GMT", 60)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    public async Task The_providers_wish_to_wait_is_told_up_to_a_minute(string retryAfter, int? seconds)
    {
        var outcome = await new ScriptedProvider(429, "{}", retryAfter: retryAfter).Provider.RefreshAsync(Grant, Token);

        outcome.ShouldBe(new RefreshOutcome.Transient("status 429", seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));
    }

    public static TheoryData<string, int, string, string> UnusableAnswers() => new()
    {
        { "not JSON", 200, "<html></html>", "application/json" },
        { "wrong content type", 200, ScriptedProvider.Session, "text/html" },
        { "truncated", 200, ScriptedProvider.Session[..60], "application/json" },
        { "empty", 200, "", "application/json" },
        { "not an object", 200, "[]", "application/json" },
        { "null", 200, "null", "application/json" },
        { "wrong member type", 200, ScriptedProvider.Session.Replace("\"at_new\"", "17", StringComparison.Ordinal), "application/json" },
        { "lone surrogate", 200, ScriptedProvider.Session.Replace("at_new", "\\ud800", StringComparison.Ordinal), "application/json" },
        { "no access token", 200, ScriptedProvider.Session.Replace("access_token", "access", StringComparison.Ordinal), "application/json" },
        { "empty refresh token", 200, ScriptedProvider.Session.Replace("rt_new", "", StringComparison.Ordinal), "application/json" },
        { "no user", 200, """{"access_token":"a","refresh_token":"r"}""", "application/json" },
        { "too deep", 200, $$"""{"access_token":"a","refresh_token":"r","user":{{string.Concat(Enumerable.Repeat("{\"id\":", 40))}}1{{new string('}', 40)}}}""", "application/json" },
        { "created", 201, ScriptedProvider.Session, "application/json" },
        { "redirect", 302, "", "text/plain" },
        { "an invalid_grant that is not JSON", 400, """{"error":"invalid_grant"}""", "text/plain" },
        { "HTML from a proxy between", 404, "<html></html>", "text/html" },
        { "an error that is no text", 400, """{"error":{"message":"Something went wrong"}}""", "application/json" },
    };

    [Theory]
    [MemberData(nameof(UnusableAnswers))]
    public async Task An_answer_that_can_not_be_used_keeps_the_session(string what, int status, string body, string contentType) =>
        (await new ScriptedProvider(status, body, contentType).Provider.RefreshAsync(Grant, Token)).ShouldBeOfType<RefreshOutcome.Transient>(what).RetryAfter.ShouldBeNull();

    [Fact]
    public async Task A_packed_answer_is_not_unpacked()
    {
        var provider = new ScriptedProvider(_ => Task.FromResult(ScriptedProvider.Answer(200, new ByteArrayContent([0x1F, 0x8B, 8, 0])
        {
            Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", "gzip" } },
        })));

        (await provider.Provider.RefreshAsync(Grant, Token)).ShouldBe(new RefreshOutcome.Transient("200 without a session", null));
    }

    [Fact]
    public async Task An_answer_beyond_a_mebibyte_is_not_read_to_its_end()
    {
        var body = new EndlessStream();
        var provider = new ScriptedProvider(_ => Task.FromResult(ScriptedProvider.Answer(200, new StreamContent(body) { Headers = { { "Content-Type", "application/json" } } })));

        (await provider.Provider.RefreshAsync(Grant, Token)).ShouldBe(new RefreshOutcome.Transient("network: ConfigurationLimitExceeded", null));

        body.BytesRead.ShouldBeLessThan(2 * 1024 * 1024);
    }

    [Fact]
    public async Task A_silent_provider_is_given_26_seconds()
    {
        var provider = new ScriptedProvider(async stop =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return ScriptedProvider.Answer(200, new StringContent(""));
        });

        var call = provider.Provider.RefreshAsync(Grant, Token);
        provider.Clock.Advance(TimeSpan.FromSeconds(25.9));
        call.IsCompleted.ShouldBeFalse();
        provider.Clock.Advance(TimeSpan.FromSeconds(0.1));

        (await call).ShouldBe(new RefreshOutcome.Transient("timeout", null));
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_given_26_seconds_too()
    {
        var body = new SilentStream();
        var provider = new ScriptedProvider(_ => Task.FromResult(ScriptedProvider.Answer(200, new StreamContent(body) { Headers = { { "Content-Type", "application/json" } } })));

        var call = provider.Provider.RefreshAsync(Grant, Token);
        await body.Reading;
        provider.Clock.Advance(TimeSpan.FromSeconds(26));

        (await call).ShouldBe(new RefreshOutcome.Transient("timeout", null));
    }

    public static TheoryData<Exception, string> NetworkFaults() => new()
    {
        { new HttpRequestException(HttpRequestError.ConnectionError, "refused rt_old"), "network: ConnectionError" },
        { new HttpRequestException(HttpRequestError.NameResolutionError), "network: NameResolutionError" },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, inner: new AuthenticationException("rt_old")), "network: SecureConnectionError" },
    };

    [Theory]
    [MemberData(nameof(NetworkFaults))]
    public async Task A_network_fault_is_an_outcome_without_its_text(Exception fault, string cause) =>
        (await new ScriptedProvider(_ => Task.FromException<HttpResponseMessage>(fault)).Provider.RefreshAsync(Grant, Token)).ShouldBe(new RefreshOutcome.Transient(cause, null));

    [Fact]
    public async Task A_body_that_breaks_off_is_a_network_fault()
    {
        var provider = new ScriptedProvider(_ => Task.FromResult(ScriptedProvider.Answer(200, new StreamContent(new BrokenStream()) { Headers = { { "Content-Type", "application/json" } } })));

        (await provider.Provider.RefreshAsync(Grant, Token)).ShouldBeOfType<RefreshOutcome.Transient>().Cause.ShouldStartWith("network:");
    }

    [Fact]
    public async Task The_end_of_the_process_cancels()
    {
        using var shutdown = new CancellationTokenSource();
        var provider = new ScriptedProvider(async stop =>
        {
            await shutdown.CancelAsync();
            stop.ThrowIfCancellationRequested();
            return ScriptedProvider.Answer(200, new StringContent(""));
        });

        await Should.ThrowAsync<OperationCanceledException>(provider.Provider.RefreshAsync(Grant, shutdown.Token));
    }

    [Fact]
    public async Task One_call_is_one_attempt()
    {
        var provider = new ScriptedProvider(503, "{}");

        await provider.Provider.RefreshAsync(Grant, Token);

        provider.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant"}""", "invalid_grant")]
    [InlineData(403, """{"code":"email_verification_required"}""", "email_verification_required")]
    [InlineData(422, """{"code":"invalid_code"}""", "invalid_code")]
    public async Task A_refused_code_is_told(int status, string body, string error) =>
        (await ExchangeAsync(status, body)).ShouldBe(new CodeExchange.Refused(error));

    [Theory]
    [InlineData(401, """{"message":"Unauthorized"}""", "401 unnamed")]
    [InlineData(400, """{"error":"invalid_client"}""", "400 invalid_client")]
    [InlineData(403, "<html>", "403 unnamed")]
    [InlineData(500, "{}", "status 500")]
    [InlineData(200, """{"user":{"id":"user_1"}}""", "200 without a session")]
    public async Task A_code_without_a_usable_answer_may_be_tried_again(int status, string body, string cause) =>
        (await ExchangeAsync(status, body)).ShouldBe(new CodeExchange.Unavailable(cause));

    [Fact]
    public async Task An_accepted_code_signs_in() =>
        (await ExchangeAsync(200, ScriptedProvider.Session)).ShouldBeOfType<CodeExchange.SignedIn>().Session.User.ShouldNotBeNull().Id.ShouldBe("user_1");

    private static Task<RefreshOutcome> RefreshAsync(int status, string body) => new ScriptedProvider(status, body).Provider.RefreshAsync(Grant, Token);

    private static Task<CodeExchange> ExchangeAsync(int status, string body) =>
        new ScriptedProvider(status, body).Provider.ExchangeCodeAsync(new AuthorizationCode("code_1"), new SignInState("nonce", "verifier", ReturnPathname: null), Token);
}
