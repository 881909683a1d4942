using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>The way back from the provider.</summary>
public sealed class CallbackTests
{
    private readonly World _world = new() { Site = World.DefaultSite with { SignInPath = "/sign-in" } };

    public CallbackTests() => _world.Provider.AnswerCode = _ => new CodeExchange.SignedIn(_world.NewSession());

    [Fact]
    public async Task A_sign_in_ends_with_a_session_where_it_began()
    {
        var (state, cookie) = await BeginAsync("/dashboard?tab=2");

        var answer = (await ReturnAsync($"code=code_1&state={state.Value}", $"{cookie}; other=1")).ShouldDeny(DecisionReason.SignInCompleted, 307);

        answer.Header("location").ShouldBe("https://app.example.com/dashboard?tab=2");
        answer.Caching().ShouldBe("private");
        var seal = new SealedSession(answer.SetCookies()[0]["wos-session=".Length..].Split(';')[0]);
        answer.SetCookies().ShouldBe([Expected.SessionSet(seal), Expected.FlowDeleted(FlowCookie.Name(state)), Expected.Returns(_world.Clock.GetUtcNow())]);
        _world.Provider.Codes.ShouldBe([(new AuthorizationCode("code_1"), _world.Codec.UnsealState(state)!.CodeVerifier)]);
        (await _world.CheckAsync(Requests.Document("/dashboard", $"wos-session={seal.Value}"))).ShouldAllow(DecisionReason.SignedIn);
    }

    [Fact]
    public async Task A_new_session_replaces_one_that_was_there_before()
    {
        var (state, cookie) = await BeginAsync("/dashboard");

        var answer = await ReturnAsync($"code=code_1&state={state.Value}", $"{cookie}; {_world.CookieOf(_world.NewSession("mallory"))}");

        answer.SetCookies()[0].ShouldStartWith("wos-session=Fe26.2*session-");
        answer.ShouldDeny(DecisionReason.SignInCompleted, 307);
    }

    [Fact]
    public async Task A_provider_whose_own_session_goes_on_may_give_the_id_of_the_one_signed_out()
    {
        var old = _world.NewSession();
        await _world.Revocation.RevokeAsync("session_1", TestContext.Current.CancellationToken);
        _world.Clock.Advance(TimeSpan.FromSeconds(2));
        var (state, cookie) = await BeginAsync("/dashboard");

        var answer = await ReturnAsync($"code=code_1&state={state.Value}", cookie);

        (await _world.CheckAsync(Requests.Document("/dashboard", answer.SetCookies()[0].Split(';')[0]))).ShouldAllow(DecisionReason.SignedIn);
        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(old)))).ShouldDeny(DecisionReason.SessionEnded, 307);
    }

    [Fact]
    public async Task Five_sign_ins_at_once_all_end()
    {
        var flows = new List<(SealedState State, string Cookie)>();
        for (var i = 0; i < 5; i++)
        {
            flows.Add(await BeginAsync($"/page-{i}"));
        }

        var jar = string.Join("; ", flows.Select(flow => flow.Cookie));
        for (var i = 0; i < 5; i++)
        {
            (await ReturnAsync($"code=c&state={flows[i].State.Value}", jar)).Header("location").ShouldBe($"https://app.example.com/page-{i}");
        }
    }

    [Fact]
    public async Task The_cookie_of_an_older_AuthKit_is_accepted()
    {
        var (state, _) = await BeginAsync("/dashboard");

        (await ReturnAsync($"code=c&state={state.Value}", $"wos-auth-verifier={state.Value}")).ShouldDeny(DecisionReason.SignInCompleted, 307);
    }

    [Theory]
    [InlineData("code=a&code=b&state={0}", SignInFailure.BadResponse, "duplicate parameter")]
    [InlineData("code=a&state={0}&state={0}", SignInFailure.BadResponse, "duplicate parameter")]
    [InlineData("error=a&error=b", SignInFailure.BadResponse, "duplicate parameter")]
    [InlineData("iss=a&iss=a&code=a&state={0}", SignInFailure.BadResponse, "duplicate parameter")]
    [InlineData("error=access_denied&state={0}", SignInFailure.AccessDenied, "access_denied")]
    [InlineData("error=%3Cscript%3E&error_description=x&code=a&state={0}", SignInFailure.ProviderRefused, "provider error")]
    [InlineData("state={0}", SignInFailure.BadResponse, "code missing")]
    [InlineData("code=&state={0}", SignInFailure.BadResponse, "code missing")]
    [InlineData("code=a&state=another", SignInFailure.NotStartedHere, "flow cookie missing, state not ours")]
    [InlineData("", SignInFailure.BadResponse, "code missing")]
    public async Task A_bad_response_buys_nothing(string query, SignInFailure failure, string cause)
    {
        var (state, cookie) = await BeginAsync("/dashboard");

        var answer = await ReturnAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, query, state.Value), cookie);

        ShouldFail(answer, failure, cause);
        answer.SetCookies().ShouldNotContain(value => value.StartsWith("wos-session", StringComparison.Ordinal));
        _world.Provider.Codes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_code_is_a_failure_and_its_flow_is_over()
    {
        var (state, cookie) = await BeginAsync("/dashboard");
        _world.Provider.AnswerCode = _ => new CodeExchange.Refused("invalid_grant");

        var answer = await ReturnAsync($"code=c&state={state.Value}", cookie);

        ShouldFail(answer, SignInFailure.CodeRefused, "invalid_grant");
        answer.SetCookies().ShouldBe([Expected.FlowDeleted(FlowCookie.Name(state))]);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_503()
    {
        var (state, cookie) = await BeginAsync("/dashboard");
        _world.Provider.AnswerCode = _ => new CodeExchange.Unavailable("timeout");

        ShouldFail(await ReturnAsync($"code=c&state={state.Value}", cookie), SignInFailure.ProviderUnavailable, "timeout", status: 503);
    }

    [Fact]
    public async Task Tokens_that_do_not_verify_begin_no_session()
    {
        await ShouldRefuseAsync(new TokenVerdict.NotUsable(TokenFault.Issuer, null, null), "Issuer");
        await ShouldRefuseAsync(new TokenVerdict.Undecodable(), "access token cannot be decoded");
        await ShouldRefuseAsync(new TokenVerdict.Accepted(new AccessTokenClaims { Subject = "mallory", ExpiresAt = _world.Clock.GetUtcNow() }), "access token of another user");

        async Task ShouldRefuseAsync(TokenVerdict verdict, string cause)
        {
            var session = _world.NewSession();
            _world.Verifier.Verdicts[session.AccessToken] = verdict;
            _world.Provider.AnswerCode = _ => new CodeExchange.SignedIn(session);
            var (state, cookie) = await BeginAsync("/dashboard");
            var answer = await ReturnAsync($"code=c&state={state.Value}", cookie);

            ShouldFail(answer, SignInFailure.BadTokens, cause);
            answer.SetCookies().ShouldNotContain(value => value.StartsWith("wos-session", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Without_keys_the_session_begins_and_is_not_used_until_it_verifies()
    {
        var (state, cookie) = await BeginAsync("/dashboard");
        _world.Verifier.HasNoKeys = true;

        var answer = (await ReturnAsync($"code=c&state={state.Value}", cookie)).ShouldDeny(DecisionReason.SignInCompleted, 307);

        var session = answer.SetCookies()[0].Split(';')[0];
        (await _world.CheckAsync(Requests.Document("/dashboard", session))).ShouldDeny(DecisionReason.KeysUnavailable, 503);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("https://app.example.com.evil.example/")]
    [InlineData("https://app.example.com@evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/%2F%2Fevil.example")]
    [InlineData("/x\r\nset-cookie: a=b")]
    [InlineData("/callback?code=a")]
    [InlineData("/sign-in")]
    public async Task A_hostile_return_path_leads_to_the_start_page(string hostile)
    {
        var state = _world.Codec.SealState(new SignInState("nonce", "verifier", hostile), SignInStart.Lifetime);

        var answer = await ReturnAsync($"code=c&state={state.Value}", $"{FlowCookie.Name(state)}={state.Value}");

        answer.Header("location").ShouldBe("https://app.example.com/");
    }

    [Fact]
    public async Task A_sign_in_that_came_from_nowhere_ends_at_the_configured_page()
    {
        var world = new World { Site = World.DefaultSite with { ReturnPathname = "/home" } };
        world.Provider.AnswerCode = _ => new CodeExchange.SignedIn(world.NewSession());
        var state = world.Codec.SealState(new SignInState("nonce", "verifier", null), SignInStart.Lifetime);

        var answer = await world.CheckAsync(Requests.Document($"/callback?code=c&state={state.Value}", $"{FlowCookie.Name(state)}={state.Value}"));

        answer.Header("location").ShouldBe("https://app.example.com/home");
    }

    [Fact]
    public async Task A_script_learns_of_a_failure_in_json_with_the_same_code()
    {
        var answer = (await _world.CheckAsync(Requests.Of(ClientKind.Script, "/callback?error=access_denied"))).ShouldDeny(DecisionReason.SignInFailed, 400);

        answer.Body.ShouldBe("""{"error":"sign_in_failed","reason":"access_denied"}""");
    }

    private static void ShouldFail(CheckDecision decision, SignInFailure failure, string cause, int status = 400)
    {
        var answer = decision.ShouldDeny(DecisionReason.SignInFailed, status);
        answer.Events.ShouldBe([new SessionEvent.CallbackFailed(cause)]);
        answer.Body.ShouldContain($"Reason: {ReasonCode.Of(failure)}");
        answer.Body.ShouldContain("href=\"/sign-in\"");
        answer.Body.ShouldNotContain("script");
        answer.Caching().ShouldBe("private");
        answer.Header("location").ShouldBeNull();
    }

    private async Task<(SealedState State, string Cookie)> BeginAsync(string target)
    {
        var denied = await _world.CheckAsync(Requests.Document(target is "/" ? "/sign-in" : target));
        return (_world.Provider.SignIns.Last().State, denied.SetCookies().Single().Split(';')[0]);
    }

    private ValueTask<CheckDecision> ReturnAsync(string query, string cookies) => _world.CheckAsync(Requests.Document($"/callback?{query}", cookies));
}
