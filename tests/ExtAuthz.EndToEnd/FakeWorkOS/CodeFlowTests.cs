using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ExtAuthz.FakeWorkOS.Accounts;

namespace ExtAuthz.EndToEnd.FakeWorkOS;

public sealed class CodeFlowTests
{
    [Fact]
    public async Task Sign_in_gives_tokens_in_the_shape_of_workos()
    {
        await using var fake = await RunningFake.StartAsync();
        var browser = new Browser(fake);
        var callback = await browser.PressAsync("user", SampleAccounts.Ada.Id);
        callback["state"].ShouldBe(browser.Request["state"]);
        var body = await (await fake.ExchangeCodeAsync(callback["code"], Browser.Verifier)).JsonAsync(HttpStatusCode.OK);

        body.Select(member => member.Key).ShouldBe(["user", "organization_id", "access_token", "refresh_token", "authentication_method"]);
        body["organization_id"]!.GetValue<string>().ShouldBe(SampleAccounts.Engines.Id);
        body["authentication_method"]!.GetValue<string>().ShouldBe("Password");
        body["user"]!.AsObject().Select(member => member.Key).ShouldBe(
            [
                "object", "id", "email", "email_verified", "first_name", "last_name", "name", "profile_picture_url",
                "last_sign_in_at", "locale", "created_at", "updated_at", "external_id", "metadata",
            ]);
        body["user"]!["email"]!.GetValue<string>().ShouldBe("ada@example.com");
    }

    [Fact]
    public async Task Access_token_has_the_claims_of_workos_and_verifies_with_either_key_address()
    {
        await using var fake = await RunningFake.StartAsync();
        var token = await SignInAsync(fake, SampleAccounts.Ada);
        var accessToken = token["access_token"]!.GetValue<string>();

        var header = AccessTokenReading.Header(accessToken);
        header["alg"]!.GetValue<string>().ShouldBe("RS256");
        header["kid"]!.GetValue<string>().ShouldStartWith("sso_oidc_key_pair_01");
        AccessTokenReading.IsSignedBy(accessToken, await fake.JwksAsync()).ShouldBeTrue();
        var other = await fake.GetAsync($"/user_management/sessions/jwks/{fake.Options.ClientId}");
        AccessTokenReading.IsSignedBy(accessToken, await other.JsonAsync(HttpStatusCode.OK)).ShouldBeTrue();

        var claims = AccessTokenReading.Claims(accessToken);
        var now = fake.Clock.GetUtcNow().ToUnixTimeSeconds();
        claims["iss"]!.GetValue<string>().ShouldBe($"{fake.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}/user_management/{fake.Options.ClientId}");
        claims["sub"]!.GetValue<string>().ShouldBe(SampleAccounts.Ada.Id);
        claims["sid"]!.GetValue<string>().ShouldStartWith("session_01");
        claims["jti"]!.GetValue<string>().ShouldNotBeEmpty();
        claims["client_id"]!.GetValue<string>().ShouldBe(fake.Options.ClientId);
        claims["org_id"]!.GetValue<string>().ShouldBe(SampleAccounts.Engines.Id);
        claims["role"]!.GetValue<string>().ShouldBe("admin");
        claims["roles"]!.ToJsonString().ShouldBe("""["admin"]""");
        claims["permissions"]!.ToJsonString().ShouldBe("""["engines:read","engines:write","members:manage"]""");
        claims["entitlements"]!.ToJsonString().ShouldBe("""["audit-logs"]""");
        claims["feature_flags"]!.ToJsonString().ShouldBe("""["punch-cards"]""");
        claims["auth_time"]!.GetValue<long>().ShouldBe(now);
        claims["iat"]!.GetValue<long>().ShouldBe(now);
        claims["exp"]!.GetValue<long>().ShouldBe(now + 300);
        claims.ShouldNotContainKey("act");
    }

    [Fact]
    public async Task Keys_of_an_unknown_client_are_not_found()
    {
        await using var fake = await RunningFake.StartAsync();
        await (await fake.GetAsync("/sso/jwks/client_other")).JsonAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Issuer_can_be_configured()
    {
        await using var fake = await RunningFake.StartAsync(options => options.Issuer = "https://auth.example.com");
        var tokens = fake.Sessions.SignIn(SampleAccounts.Ada, organizationId: null);
        AccessTokenReading.Claims(tokens.AccessToken)["iss"]!.GetValue<string>().ShouldBe("https://auth.example.com");
    }

    [Fact]
    public async Task User_without_an_organisation_has_no_organisation_claims()
    {
        await using var fake = await RunningFake.StartAsync();
        var body = await SignInAsync(fake, SampleAccounts.Linus);

        body.ShouldNotContainKey("organization_id");
        var claims = AccessTokenReading.Claims(body["access_token"]!.GetValue<string>());
        claims.ShouldNotContainKey("org_id");
        claims.ShouldNotContainKey("role");
    }

    [Fact]
    public async Task Impersonated_user_comes_with_the_impersonator()
    {
        await using var fake = await RunningFake.StartAsync();
        var body = await SignInAsync(fake, SampleAccounts.Charles);

        body["authentication_method"]!.GetValue<string>().ShouldBe("Impersonation");
        body["impersonator"]!.ToJsonString().ShouldBe("""{"email":"support@example.com","reason":"The engine prints only zeros"}""");
        var claims = AccessTokenReading.Claims(body["access_token"]!.GetValue<string>());
        claims["act"]!["sub"]!.GetValue<string>().ShouldBe("support@example.com");
    }

    [Fact]
    public async Task Code_with_the_wrong_verifier_is_refused_and_used_up()
    {
        await using var fake = await RunningFake.StartAsync();
        var code = await new Browser(fake).SignInAsync(SampleAccounts.Ada.Id);

        await fake.ExchangeCodeAsync(code, new string('x', 43)).ShouldBeInvalidGrantAsync("Invalid code verifier.");
        await fake.ExchangeCodeAsync(code, Browser.Verifier).ShouldBeInvalidGrantAsync($"The code '{code}' has expired or is invalid.");
    }

    [Fact]
    public async Task Code_works_once()
    {
        await using var fake = await RunningFake.StartAsync();
        var code = await new Browser(fake).SignInAsync(SampleAccounts.Ada.Id);

        await (await fake.ExchangeCodeAsync(code, Browser.Verifier)).JsonAsync(HttpStatusCode.OK);
        await fake.ExchangeCodeAsync(code, Browser.Verifier).ShouldBeInvalidGrantAsync($"The code '{code}' has expired or is invalid.");
    }

    [Fact]
    public async Task Code_expires_after_ten_minutes()
    {
        await using var fake = await RunningFake.StartAsync();
        var code = await new Browser(fake).SignInAsync(SampleAccounts.Ada.Id);

        fake.Clock.Advance(TimeSpan.FromMinutes(10));
        await fake.ExchangeCodeAsync(code, Browser.Verifier).ShouldBeInvalidGrantAsync($"The code '{code}' has expired or is invalid.");
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", null, HttpStatusCode.Unauthorized)]
    [InlineData(null, "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("right", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("right", null, HttpStatusCode.OK)]
    [InlineData(null, "right", HttpStatusCode.OK)]
    [InlineData("right", "right", HttpStatusCode.OK)]
    public async Task Api_key_is_checked_as_secret_and_as_bearer(string? secret, string? bearer, HttpStatusCode expected)
    {
        await using var fake = await RunningFake.StartAsync(options => options.ApiKey = "right");
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = fake.Options.ClientId,
            ["refresh_token"] = fake.Sessions.SignIn(SampleAccounts.Ada, organizationId: null).RefreshToken,
        };
        if (secret is not null)
        {
            form["client_secret"] = secret;
        }

        fake.Http.DefaultRequestHeaders.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        var body = await (await fake.PostFormAsync("/user_management/authenticate", form)).JsonAsync(expected);
        if (expected is HttpStatusCode.Unauthorized)
        {
            body.ToJsonString().ShouldBe("""{"message":"Unauthorized"}""");
        }
    }

    [Theory]
    [InlineData("""{"client_secret":"sk_test_fakeworkos","client_id":"client_other"}""", "invalid_client")]
    [InlineData("""{"client_secret":"sk_test_fakeworkos","client_id":"client_01FAKEWORKOS","grant_type":"password"}""", "unsupported_grant_type")]
    [InlineData("""{"client_secret":"sk_test_fakeworkos","client_id":"client_01FAKEWORKOS","grant_type":"refresh_token"}""", "invalid_request")]
    [InlineData("""{"client_secret":"sk_test_fakeworkos","client_id":"client_01FAKEWORKOS","grant_type":"authorization_code","code":"x"}""", "invalid_request")]
    [InlineData("""{"client_secret":"\ud800"}""", "invalid_request")]
    [InlineData("[]", "invalid_request")]
    [InlineData("{", "invalid_request")]
    [InlineData("", "invalid_request")]
    public async Task Calls_that_make_no_sense_are_refused(string json, string error)
    {
        await using var fake = await RunningFake.StartAsync();
        using var content = new StringContent(json, MediaTypeHeaderValue.Parse("application/json"));
        var response = await fake.Http.PostAsync("/user_management/authenticate", content, TestContext.Current.CancellationToken);
        (await response.JsonAsync(HttpStatusCode.BadRequest))["error"]!.GetValue<string>().ShouldBe(error);
    }

    private static async Task<JsonObject> SignInAsync(RunningFake fake, FakeUser user)
    {
        var code = await new Browser(fake).SignInAsync(user.Id);
        return await (await fake.ExchangeCodeAsync(code, Browser.Verifier)).JsonAsync(HttpStatusCode.OK);
    }
}
