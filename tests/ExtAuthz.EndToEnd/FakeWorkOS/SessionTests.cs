using System.Net;
using System.Text.Json.Nodes;
using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.Sessions;

namespace ExtAuthz.EndToEnd.FakeWorkOS;

public sealed class SessionTests
{
    [Fact]
    public async Task Refresh_rotates_the_pair_and_keeps_the_session()
    {
        await using var fake = await RunningFake.StartAsync();
        var first = SignIn(fake);
        fake.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await (await fake.RefreshAsync(first.RefreshToken)).JsonAsync(HttpStatusCode.OK);
        await (await fake.RefreshAsync(second["refresh_token"]!.GetValue<string>())).JsonAsync(HttpStatusCode.OK);

        var (before, after) = (AccessTokenReading.Claims(first.AccessToken), AccessTokenReading.Claims(second["access_token"]!.GetValue<string>()));
        after["sid"]!.GetValue<string>().ShouldBe(first.SessionId);
        after["org_id"]!.GetValue<string>().ShouldBe(SampleAccounts.Engines.Id);
        after["auth_time"]!.GetValue<long>().ShouldBe(before["auth_time"]!.GetValue<long>());
        after["iat"]!.GetValue<long>().ShouldBe(before["iat"]!.GetValue<long>() + 300);
    }

    [Fact]
    public async Task Exchanged_token_answers_the_same_pair_inside_the_replay_window_and_is_refused_outside()
    {
        await using var fake = await RunningFake.StartAsync();
        var token = SignIn(fake).RefreshToken;
        var first = await (await fake.RefreshAsync(token)).TextAsync(HttpStatusCode.OK);

        fake.Clock.Advance(TimeSpan.FromSeconds(29));
        (await (await fake.RefreshAsync(token)).TextAsync(HttpStatusCode.OK)).ShouldBe(first);
        fake.Clock.Advance(TimeSpan.FromSeconds(1));
        await fake.RefreshAsync(token).ShouldBeInvalidGrantAsync("Refresh token already exchanged.");
    }

    [Fact]
    public async Task Without_a_replay_window_every_second_use_is_refused()
    {
        await using var fake = await RunningFake.StartAsync(options => options.ReplayWindow = TimeSpan.Zero);
        var token = SignIn(fake).RefreshToken;

        await (await fake.RefreshAsync(token)).JsonAsync(HttpStatusCode.OK);
        await fake.RefreshAsync(token).ShouldBeInvalidGrantAsync("Refresh token already exchanged.");
    }

    [Fact]
    public async Task Where_a_second_use_counts_as_theft_it_ends_the_session()
    {
        await using var fake = await RunningFake.StartAsync(options => options.EndsSessionOnReuse = true);
        var token = SignIn(fake).RefreshToken;
        var successor = await fake.RefreshAsync(token).RefreshTokenAsync();

        fake.Clock.Advance(TimeSpan.FromSeconds(29));
        (await fake.RefreshAsync(token).RefreshTokenAsync()).ShouldBe(successor);
        fake.Clock.Advance(TimeSpan.FromSeconds(1));
        await fake.RefreshAsync(token).ShouldBeInvalidGrantAsync("Refresh token already exchanged.");
        await fake.RefreshAsync(successor).ShouldBeInvalidGrantAsync("Session has already ended.");
    }

    [Fact]
    public async Task Parallel_refreshes_of_one_token_rotate_it_once()
    {
        await using var fake = await RunningFake.StartAsync();
        var token = SignIn(fake).RefreshToken;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fake.RefreshAsync(token).RefreshTokenAsync()));

        answers.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        fake.Ledger.For(token).Rotations.ShouldBe(1);
        fake.Ledger.For(token).Uses.ShouldBe(20);
    }

    [Fact]
    public async Task Unknown_token_is_refused()
    {
        await using var fake = await RunningFake.StartAsync();
        await fake.RefreshAsync("refresh_unknown").ShouldBeInvalidGrantAsync("Invalid refresh token.");
    }

    [Fact]
    public async Task Logout_ends_the_session_and_leads_to_the_registered_address()
    {
        await using var fake = await RunningFake.StartAsync();
        var tokens = SignIn(fake);
        var successor = await fake.RefreshAsync(tokens.RefreshToken).RefreshTokenAsync();
        var response = await fake.GetAsync($"/user_management/sessions/logout?session_id={tokens.SessionId}&return_to={Uri.EscapeDataString(RunningFake.AfterLogout)}");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldBe(RunningFake.AfterLogout);
        await fake.RefreshAsync(successor).ShouldBeInvalidGrantAsync("Session has already ended.");
        await fake.RefreshAsync(tokens.RefreshToken).ShouldBeInvalidGrantAsync("Session has already ended.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("&return_to=https%3A%2F%2Fevil.example.com%2F")]
    public async Task Logout_without_a_registered_address_ends_on_a_page(string returnTo)
    {
        await using var fake = await RunningFake.StartAsync();
        var tokens = SignIn(fake);
        var response = await fake.GetAsync($"/user_management/sessions/logout?session_id={tokens.SessionId}{returnTo}");

        (await response.TextAsync(HttpStatusCode.OK)).ShouldContain("You are signed out");
        await fake.RefreshAsync(tokens.RefreshToken).ShouldBeInvalidGrantAsync("Session has already ended.");
    }

    [Fact]
    public async Task Revoked_session_is_over()
    {
        await using var fake = await RunningFake.StartAsync();
        var tokens = SignIn(fake);
        JsonObject Body(string secret) => new() { ["client_secret"] = secret, ["session_id"] = tokens.SessionId };

        (await fake.PostJsonAsync("/user_management/sessions/revoke", Body("wrong"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await fake.PostJsonAsync("/user_management/sessions/revoke", Body(fake.Options.ApiKey))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await fake.PostJsonAsync("/user_management/sessions/revoke", Body(fake.Options.ApiKey))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await fake.RefreshAsync(tokens.RefreshToken).ShouldBeInvalidGrantAsync("Session has already ended.");
    }

    [Fact]
    public async Task Switch_gives_the_claims_of_the_other_organisation()
    {
        await using var fake = await RunningFake.StartAsync();
        var body = await (await fake.RefreshAsync(SignIn(fake).RefreshToken, SampleAccounts.Compilers.Id)).JsonAsync(HttpStatusCode.OK);

        body["organization_id"]!.GetValue<string>().ShouldBe(SampleAccounts.Compilers.Id);
        var claims = AccessTokenReading.Claims(body["access_token"]!.GetValue<string>());
        claims["org_id"]!.GetValue<string>().ShouldBe(SampleAccounts.Compilers.Id);
        claims["role"]!.GetValue<string>().ShouldBe("member");
        claims.ShouldNotContainKey("permissions");
    }

    [Theory]
    [InlineData("org_01SSOBANK", HttpStatusCode.Forbidden, "error", "sso_required", "connection_ids")]
    [InlineData("org_01MFAVAULT", HttpStatusCode.Forbidden, "code", "mfa_enrollment", "pending_authentication_token")]
    [InlineData("org_unknown", HttpStatusCode.NotFound, "code", "entity_not_found", "message")]
    public async Task Refused_switch_leaves_the_token_usable(string organizationId, HttpStatusCode status, string member, string value, string alsoThere)
    {
        await using var fake = await RunningFake.StartAsync();
        var token = SignIn(fake).RefreshToken;
        var body = await (await fake.RefreshAsync(token, organizationId)).JsonAsync(status);

        body[member]!.GetValue<string>().ShouldBe(value);
        body.ShouldContainKey(alsoThere);
        await (await fake.RefreshAsync(token)).JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Stranger_can_not_switch_to_an_organisation()
    {
        await using var fake = await RunningFake.StartAsync();
        var token = fake.Sessions.SignIn(SampleAccounts.Linus, organizationId: null).RefreshToken;
        await (await fake.RefreshAsync(token, SampleAccounts.Engines.Id)).JsonAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Sign_in_through_the_organisation_satisfies_its_single_sign_on()
    {
        await using var fake = await RunningFake.StartAsync();
        var browser = new Browser(fake) { Request = { ["organization_id"] = SampleAccounts.Bank.Id } };
        var code = await browser.SignInAsync(SampleAccounts.Ada.Id);
        var body = await (await fake.ExchangeCodeAsync(code, Browser.Verifier)).JsonAsync(HttpStatusCode.OK);

        body["authentication_method"]!.GetValue<string>().ShouldBe("SSO");
        var token = body["refresh_token"]!.GetValue<string>();
        await (await fake.RefreshAsync(token, SampleAccounts.Bank.Id)).JsonAsync(HttpStatusCode.OK);
    }

    private static SessionTokens SignIn(RunningFake fake) => fake.Sessions.SignIn(SampleAccounts.Ada, SampleAccounts.Engines.Id);
}
