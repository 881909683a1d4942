using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>The provider ends sessions without a browser (security row 38); what the token itself must be is told in LogoutTokensTests.</summary>
public sealed class BackChannelLogoutTests
{
    private const string Path = "/.auth/backchannel-logout";
    private const string Form = "application/x-www-form-urlencoded";

    private readonly World _world = new() { Site = World.DefaultSite with { BackChannelLogoutPath = Path, Issuer = "https://idp.example.com" } };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_that_names_a_session_ends_it_alone(bool namesUserToo)
    {
        var (one, other) = (_world.CookieOf(_world.NewSession()), _world.CookieOf(_world.NewSession(sessionId: "session_2")));
        await ExpectSignedInAsync(one);
        await ExpectSignedInAsync(other);

        var answer = (await TellAsync("session_1", namesUserToo ? "user_1" : null)).ShouldDeny(DecisionReason.LogoutReceived, 200);

        answer.Body.ShouldBeEmpty();
        answer.Caching().ShouldBe("no-store");
        answer.Events.ShouldBe([new SessionEvent.SignedOutByProvider("session_1")]);
        (await _world.CheckAsync(Requests.Document("/dashboard", one))).ShouldDeny(DecisionReason.SessionEnded, 307).SetCookies()[0].ShouldBe(Expected.SessionDeleted);
        await ExpectSignedInAsync(other);
    }

    [Fact]
    public async Task A_token_that_names_a_user_alone_ends_all_sessions_of_that_user()
    {
        var cookies = new[] { "session_1", "session_2" }.Select(id => _world.CookieOf(_world.NewSession(sessionId: id))).ToList();
        await ExpectSignedInAsync(cookies[0]);

        (await TellAsync(null, "user_1")).ShouldDeny(DecisionReason.LogoutReceived, 200).Events.ShouldBe([new SessionEvent.SignedOutByProvider(null)]);

        foreach (var cookie in cookies)
        {
            (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldDeny(DecisionReason.SessionEnded, 307);
        }

        await ExpectSignedInAsync(_world.CookieOf(_world.NewSession("user_2", "session_3")));
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        await ExpectSignedInAsync(_world.CookieOf(_world.NewSession(sessionId: "session_4")));
    }

    [Fact]
    public async Task A_token_is_good_once()
    {
        var body = Body("session_1", null);
        (await PostAsync(body)).ShouldDeny(DecisionReason.LogoutReceived, 200);

        await ExpectRefusalAsync(await PostAsync(body), LogoutFault.Replayed);
        _world.Clock.Advance(BackChannelLogout.Memory - TimeSpan.FromSeconds(1));
        await ExpectRefusalAsync(await PostAsync(body), LogoutFault.Replayed);
    }

    [Fact]
    public async Task A_token_whose_session_could_not_be_ended_may_come_again()
    {
        var revocation = new FailingRevocation();
        var logout = new BackChannelLogout(_world.LogoutTokens, revocation, new UsedOnce(_world.Clock, BackChannelLogout.Memory, capacity: 10));
        var request = Requests.To(Path, ("content-type", Form)) with { Method = "POST", Body = new RequestBody(Body("session_1", null)) };
        await Should.ThrowAsync<OperationCanceledException>(async () => await logout.EndAsync(request, TestContext.Current.CancellationToken));

        revocation.Fails = false;
        (await logout.EndAsync(request, TestContext.Current.CancellationToken)).ShouldBeOfType<LogoutOutcome.Ended>().SessionId.ShouldBe("session_1");
        (await logout.EndAsync(request, TestContext.Current.CancellationToken)).ShouldBeOfType<LogoutOutcome.Refused>().Fault.ShouldBe(LogoutFault.Replayed);
        revocation.Ended.ShouldBe(1);
    }

    [Theory]
    [InlineData("logout_token=x&logout_token=y", Form, LogoutFault.Malformed)]
    [InlineData("logout_token=", Form, LogoutFault.Malformed)]
    [InlineData("token=x", Form, LogoutFault.Malformed)]
    [InlineData("logout_token=x", "application/json", LogoutFault.Malformed)]
    [InlineData("logout_token=x", null, LogoutFault.Malformed)]
    [InlineData("logout_token=x", Form, LogoutFault.TokenUndecodable)]
    [InlineData("logout_token=x", "Application/X-WWW-Form-Urlencoded ; charset=utf-8", LogoutFault.TokenUndecodable)]
    public async Task What_is_not_one_token_in_a_form_is_refused(string body, string? contentType, LogoutFault fault) =>
        await ExpectRefusalAsync(await PostAsync(body, contentType), fault);

    [Fact]
    public async Task A_request_without_its_body_tells_the_operator_what_Envoy_lacks()
    {
        var denied = (await PostAsync(null, Form)).ShouldDeny(DecisionReason.LogoutRefused, 400);

        denied.Body.ShouldBe("""{"error":"invalid_request","reason":"body_missing"}""");
        denied.Events.ShouldBe([new SessionEvent.LogoutBodyMissing()]);
    }

    [Fact]
    public async Task Without_keys_the_provider_is_asked_to_come_again_and_the_token_stays_good()
    {
        var body = Body("session_1", null);
        _world.LogoutTokens.HasNoKeys = true;
        var denied = (await PostAsync(body)).ShouldDeny(DecisionReason.KeysUnavailable, 503);
        denied.Header("retry-after").ShouldBe("1");
        denied.Caching().ShouldBe("no-store");

        _world.LogoutTokens.HasNoKeys = false;
        (await PostAsync(body)).ShouldDeny(DecisionReason.LogoutReceived, 200);
    }

    [Fact]
    public async Task Only_a_post_is_answered_and_only_where_the_path_is_given()
    {
        (await _world.CheckAsync(Requests.Document(Path))).ShouldDeny(DecisionReason.BadRequest, 405).Header("allow").ShouldBe("POST");
        var world = new World();
        (await world.CheckAsync(Requests.To(Path) with { Method = "POST", Body = new RequestBody(Body("session_1", null)) })).ShouldDeny(DecisionReason.NotSignedIn, 401);
    }

    private Task<CheckDecision> TellAsync(string? sessionId, string? userId) => PostAsync(Body(sessionId, userId));

    private Task<CheckDecision> PostAsync(string? body) => PostAsync(body, Form);

    private async Task<CheckDecision> PostAsync(string? body, string? contentType)
    {
        var request = Requests.To(Path, contentType is null ? [] : [("content-type", contentType)]) with { Method = "POST", Body = body is null ? null : new RequestBody(body) };
        return await _world.CheckAsync(request);
    }

    private string Body(string? sessionId, string? userId) =>
        $"logout_token={_world.LogoutTokens.Issue(new LogoutClaims($"{Guid.CreateVersion7()}", sessionId, userId, _world.Clock.GetUtcNow()))}";

    private async Task ExpectRefusalAsync(CheckDecision decision, LogoutFault fault)
    {
        var denied = decision.ShouldDeny(DecisionReason.LogoutRefused, 400);
        denied.Body.ShouldBe($$"""{"error":"invalid_request","reason":"{{ReasonCode.Of(fault)}}"}""");
        denied.Header("content-type").ShouldBe("application/json");
        denied.Caching().ShouldBe("no-store");
        denied.Events.ShouldBe([new SessionEvent.LogoutRefused(fault)]);
        if (fault is not LogoutFault.Replayed)
        {
            await ExpectSignedInAsync(_world.CookieOf(_world.NewSession()));
        }
    }

    private async Task ExpectSignedInAsync(string cookie) => (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);
}
