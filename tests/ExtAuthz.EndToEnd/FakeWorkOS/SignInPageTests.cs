using System.Net;
using ExtAuthz.FakeWorkOS.Accounts;

namespace ExtAuthz.EndToEnd.FakeWorkOS;

public sealed class SignInPageTests
{
    [Theory]
    [InlineData(null, "<h1>Sign in</h1>")]
    [InlineData("sign-in", "<h1>Sign in</h1>")]
    [InlineData("sign-up", "<h1>Create your account</h1>")]
    public async Task Page_offers_the_users_under_the_heading_of_the_screen_hint(string? hint, string heading)
    {
        await using var fake = await RunningFake.StartAsync();
        var page = await OpenAsync(fake, ("screen_hint", hint));

        page.ShouldContain(heading);
        foreach (var user in fake.Options.Users)
        {
            page.ShouldContain($"{user.FirstName} {user.LastName}");
        }

        page.ShouldContain("impersonated by support@example.com");
    }

    [Fact]
    public async Task Page_loads_and_runs_nothing()
    {
        await using var fake = await RunningFake.StartAsync();
        var response = await new Browser(fake).OpenAsync();

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldContain("form-action 'self' https://app.example.com;");
        var page = await response.TextAsync(HttpStatusCode.OK);
        page.ShouldNotContain("<script");
        page.ShouldNotContain("src=");
    }

    [Fact]
    public async Task Hostile_parameters_are_encoded()
    {
        const string hostile = "\"><script>alert('x')</script><a href=\"";
        await using var fake = await RunningFake.StartAsync();
        var page = await OpenAsync(fake, ("state", hostile), ("login_hint", hostile), ("screen_hint", hostile));
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<a ");

        (await OpenAsync(fake, HttpStatusCode.BadRequest, ("redirect_uri", hostile))).ShouldNotContain("<script");
        (await OpenAsync(fake, HttpStatusCode.BadRequest, ("client_id", hostile))).ShouldNotContain("<script");
        var logout = await fake.GetAsync($"/user_management/sessions/logout?session_id=x&return_to={Uri.EscapeDataString(hostile)}");
        (await logout.TextAsync(HttpStatusCode.OK)).ShouldNotContain("<script");
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example.com/callback")]
    [InlineData("redirect_uri", RunningFake.Callback + "/..")]
    [InlineData("redirect_uri", null)]
    [InlineData("client_id", "client_other")]
    [InlineData("client_id", null)]
    public async Task Unregistered_client_or_redirect_uri_is_refused_without_redirecting(string name, string? value)
    {
        await using var fake = await RunningFake.StartAsync();
        var browser = new Browser(fake) { Request = { [name] = value } };
        var response = await browser.OpenAsync();

        await response.TextAsync(HttpStatusCode.BadRequest);
        response.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task Repeated_parameter_is_refused_without_redirecting()
    {
        await using var fake = await RunningFake.StartAsync();
        var response = await fake.GetAsync($"/user_management/authorize?client_id={fake.Options.ClientId}&redirect_uri=a&redirect_uri=b");
        (await response.TextAsync(HttpStatusCode.BadRequest)).ShouldContain("repeated");
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("provider", "GoogleOAuth", "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("organization_id", "org_unknown", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("prompt", "maybe", "invalid_request")]
    public async Task Other_faults_are_told_to_the_client(string name, string? value, string error)
    {
        await using var fake = await RunningFake.StartAsync();
        var browser = new Browser(fake) { Request = { [name] = value } };
        var callback = Browser.CallbackQuery(await browser.OpenAsync());

        callback["error"].ShouldBe(error);
        callback["error_description"].ShouldNotBeEmpty();
        callback["state"].ShouldBe(browser.Request["state"]);
    }

    [Fact]
    public async Task Cancel_tells_the_client_that_access_was_denied()
    {
        await using var fake = await RunningFake.StartAsync();
        var browser = new Browser(fake);
        var callback = await browser.PressAsync("cancel", "1");

        callback["error"].ShouldBe("access_denied");
        callback["error_description"].ShouldNotBeEmpty();
        callback["state"].ShouldBe(browser.Request["state"]);
        callback.ShouldNotContainKey("code");
    }

    [Fact]
    public async Task Organisation_shows_its_members_and_lets_nobody_else_in()
    {
        await using var fake = await RunningFake.StartAsync();
        var browser = new Browser(fake) { Request = { ["organization_id"] = SampleAccounts.Compilers.Id } };
        var page = await (await browser.OpenAsync()).TextAsync(HttpStatusCode.OK);

        page.ShouldContain("Ada Lovelace");
        page.ShouldNotContain("Grace Hopper");
        var forged = browser.Request.ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        forged["user"] = SampleAccounts.Grace.Id;
        var response = await fake.PostFormAsync("/user_management/authorize", forged);
        (await response.TextAsync(HttpStatusCode.OK)).ShouldContain("<form");
    }

    [Fact]
    public async Task Hints_of_the_request_are_shown()
    {
        await using var fake = await RunningFake.StartAsync();
        var page = await OpenAsync(fake, ("login_hint", "GRACE@example.com"), ("prompt", "consent"), ("max_age", "60"));

        page.ShouldContain("""value="user_01GRACEHOPPER" autofocus>""");
        page.ShouldContain("GRACE@example.com");
        page.ShouldContain("use your account");
        page.ShouldContain("60 seconds");
    }

    private static Task<string> OpenAsync(RunningFake fake, params (string Name, string? Value)[] parameters) =>
        OpenAsync(fake, HttpStatusCode.OK, parameters);

    private static async Task<string> OpenAsync(RunningFake fake, HttpStatusCode expected, params (string Name, string? Value)[] parameters)
    {
        var browser = new Browser(fake);
        foreach (var (name, value) in parameters)
        {
            browser.Request[name] = value;
        }

        return await (await browser.OpenAsync()).TextAsync(expected);
    }
}
