using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Sign-ins that cannot be completed: they begin again, once, and no code is spent on them. Threats 11 to 16 and 46.</summary>
public sealed class LostSignInTests
{
    private readonly World _world = new() { Site = World.DefaultSite with { SignInPath = "/sign-in" } };

    public LostSignInTests() => _world.Provider.AnswerCode = _ => new CodeExchange.SignedIn(_world.NewSession());

    [Fact]
    public async Task An_attackers_code_and_state_buy_nothing_in_the_victims_browser()
    {
        var (attackers, _) = await BeginAsync("/attacked");
        var (victims, cookie) = await BeginAsync("/");

        ShouldBeginAgain(await ReturnAsync(attackers, cookie), "flow cookie missing", "/attacked");
        ShouldFail(await ReturnAsync(attackers, $"{FlowCookie.Name(attackers)}={victims.Value}"), SignInFailure.NotStartedHere, "flow cookie of another sign-in");
        ShouldBeginAgain(await ReturnAsync(attackers, $"{FlowCookie.Name(attackers)}=x; {FlowCookie.Name(attackers)}={attackers.Value}"), "flow cookie missing", "/attacked");
        _world.Provider.Codes.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_cookie_of_flow_2_does_not_open_flow_1()
    {
        var (first, _) = await BeginAsync("/one");
        var (second, _) = await BeginAsync("/two");

        foreach (var name in new[] { FlowCookie.Name(first), FlowCookie.AuthKitName(first), FlowCookie.LegacyName })
        {
            ShouldFail(await ReturnAsync(first, $"{name}={second.Value}"), SignInFailure.NotStartedHere, "flow cookie of another sign-in");
        }

        _world.Provider.Codes.ShouldBeEmpty();
    }

    [Fact]
    public void Two_states_of_one_FNV_hash_do_not_disturb_each_other()
    {
        // 32 bits of FNV-1a: found by trying.
        var (one, other) = FnvTwins();
        FlowCookie.AuthKitName(one).ShouldBe(FlowCookie.AuthKitName(other));

        FlowCookie.Name(one).ShouldNotBe(FlowCookie.Name(other));
        FlowCookie.Name(one).Length.ShouldBe("wos-auth-verifier-".Length + 32);
        var jar = new CookieHeader([$"{FlowCookie.Name(one)}={one.Value}; {FlowCookie.Name(other)}={other.Value}; {FlowCookie.AuthKitName(one)}=x"]);
        FlowCookie.Matches(jar, one).ShouldBe(true);
        FlowCookie.Matches(jar, other).ShouldBe(true);
    }

    [Fact]
    public async Task A_state_buys_one_session()
    {
        var (state, cookie) = await BeginAsync("/dashboard");
        var session = (await ReturnAsync(state, cookie)).ShouldDeny(DecisionReason.SignInCompleted, 307).SetCookies()[0].Split(';')[0];

        ShouldBeginAgain(await ReturnAsync(state, cookie), "state used before", "/dashboard");
        ShouldGoOn(await ReturnAsync(state, $"{cookie}; {session}"), "/dashboard");
        _world.Provider.Codes.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(3600)]
    public async Task A_sign_in_of_ten_minutes_or_more_begins_again_where_the_user_wanted_to_go(int secondsMore)
    {
        var (state, cookie) = await BeginAsync("/dashboard?tab=2");
        _world.Clock.Advance(TimeSpan.FromSeconds(600 + secondsMore));

        ShouldBeginAgain(await ReturnAsync(state, cookie), "state expired", "/dashboard?tab=2");
        ShouldBeginAgain(await ReturnAsync(state, ""), "state expired", "/dashboard?tab=2");
        _world.Provider.Codes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_state_that_we_did_not_seal_buys_nothing_though_the_cookie_agrees()
    {
        foreach (var foreign in new[] { new SealedState("Fe26.2*forged~2"), new SealedState(_world.Codec.Seal(_world.NewSession()).Value) })
        {
            ShouldBeginAgain(await ReturnAsync(foreign, $"{FlowCookie.Name(foreign)}={foreign.Value}"), "state not ours", "/");
        }

        _world.Provider.Codes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sign_in_that_the_provider_began_begins_here()
    {
        ShouldBeginAgain(await _world.CheckAsync(Requests.Document("/callback?code=c")), "code without state", "/");
        ShouldBeginAgain(await _world.CheckAsync(Requests.Document("/callback?code=c&state=")), "code without state", "/");
        _world.Provider.Codes.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_second_tab_finds_itself_signed_in_and_goes_on()
    {
        var session = _world.CookieOf(_world.NewSession());
        var (state, _) = await BeginAsync("/second-tab");

        ShouldGoOn(await ReturnAsync(state, session), "/second-tab");
        ShouldGoOn(await _world.CheckAsync(Requests.Document("/callback?code=c", session)), "/");
        ShouldGoOn(await ReturnAsync(new SealedState("foreign"), session), "/");
        _world.Clock.Advance(TimeSpan.FromMinutes(4));
        ShouldGoOn(await ReturnAsync(state, session), "/second-tab");
        ShouldBeginAgain(await ReturnAsync(state, _world.CookieOf(_world.Expired())), "flow cookie missing", "/second-tab");
    }

    [Fact]
    public async Task A_script_is_told_instead_of_redirected()
    {
        var answer = (await _world.CheckAsync(Requests.Of(ClientKind.Script, "/callback?code=c"))).ShouldDeny(DecisionReason.SignInFailed, 400);

        answer.Body.ShouldBe("""{"error":"sign_in_failed","reason":"bad_response"}""");
    }

    [Fact]
    public async Task Without_cookies_a_sign_in_begins_again_once_and_ends_with_a_page_that_says_so()
    {
        var (state, _) = await BeginAsync("/dashboard");
        ShouldBeginAgain(await ReturnAsync(state, ""), "flow cookie missing", "/dashboard");

        var answer = await ReturnAsync(_world.Provider.SignIns.Last().State, "");

        ShouldFail(answer, SignInFailure.CookiesBlocked, "flow cookie missing");
        answer.ShouldDeny(DecisionReason.SignInFailed, 400).Body.ShouldContain("does not keep the cookies");
    }

    [Fact]
    public async Task Late_twice_is_a_page()
    {
        var (state, _) = await BeginAsync("/dashboard");
        for (var i = 0; i < 2; i++)
        {
            _world.Clock.Advance(TimeSpan.FromMinutes(11));
            var answer = await ReturnAsync(state, "");
            if (i == 1)
            {
                ShouldFail(answer, SignInFailure.Expired, "state expired");
            }

            state = _world.Provider.SignIns.Last().State;
        }
    }

    [Fact]
    public async Task The_third_return_within_a_minute_without_a_session_is_a_page_and_then_all_begins_anew()
    {
        var returns = await ReturnTwiceAsync();
        var (state, cookie) = await BeginAsync("/dashboard");

        var answer = await ReturnAsync(state, $"{cookie}; {returns}");

        ShouldFail(answer, SignInFailure.SessionNotKept, "third return within a minute without a session");
        answer.SetCookies().ShouldContain(Expected.FlowDeleted("wos-auth-returns"));
        _world.Provider.Codes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_third_return_is_none_with_a_session_or_a_minute_later()
    {
        var returns = await ReturnTwiceAsync();
        var (state, cookie) = await BeginAsync("/dashboard");
        (await ReturnAsync(state, $"{cookie}; {returns}; {_world.CookieOf(_world.NewSession())}")).ShouldDeny(DecisionReason.SignInCompleted, 307);

        _world.Clock.Advance(TimeSpan.FromSeconds(60));
        (state, cookie) = await BeginAsync("/dashboard");
        (await ReturnAsync(state, $"{cookie}; {returns}")).SetCookies().ShouldContain(Expected.Returns(_world.Clock.GetUtcNow()));
    }

    [Theory]
    [InlineData("x.y.z")]
    [InlineData("-1.-1.-1")]
    [InlineData("99999999999999999999.1.2")]
    [InlineData("...")]
    public async Task A_count_that_cannot_be_read_does_not_count(string value)
    {
        var (state, cookie) = await BeginAsync("/dashboard");

        (await ReturnAsync(state, $"{cookie}; wos-auth-returns={value}")).ShouldDeny(DecisionReason.SignInCompleted, 307);
    }

    [Theory]
    [InlineData(TokenFault.Expired)]
    [InlineData(TokenFault.Time)]
    public async Task A_wrong_clock_is_a_page_that_says_so_at_once(TokenFault fault)
    {
        var session = _world.NewSession();
        _world.Verifier.Verdicts[session.AccessToken] = new TokenVerdict.NotUsable(fault, null, null);
        _world.Provider.AnswerCode = _ => new CodeExchange.SignedIn(session);
        var (state, cookie) = await BeginAsync("/dashboard");

        var answer = await ReturnAsync(state, cookie);

        ShouldFail(answer, SignInFailure.ClocksDiffer, fault.ToString());
        answer.ShouldDeny(DecisionReason.SignInFailed, 400).Body.ShouldContain("clock");
    }

    [Theory]
    [InlineData("&iss=https%3A%2F%2Fother.example.com")]
    [InlineData("&iss=https%3A%2F%2Fid.example.com%2F")]
    [InlineData("&iss=")]
    [InlineData("")]
    public async Task Another_issuer_than_the_promised_one_gets_no_code(string iss)
    {
        _world.Provider.PromisedIssuer = "https://id.example.com";
        var (state, cookie) = await BeginAsync("/dashboard");

        ShouldFail(await _world.CheckAsync(Requests.Document($"/callback?code=c&state={state.Value}{iss}", cookie)), SignInFailure.BadResponse, "issuer missing or another one");
        _world.Provider.Codes.ShouldBeEmpty();
        (await _world.CheckAsync(Requests.Document($"/callback?code=c&state={state.Value}&iss=https%3A%2F%2Fid.example.com", cookie))).ShouldDeny(DecisionReason.SignInCompleted, 307);
    }

    [Fact]
    public async Task A_new_session_takes_the_place_of_every_spelling_of_the_old_one()
    {
        var world = new World { Site = World.DefaultSite with { Cookie = World.DefaultSite.Cookie with { Domain = "example.com" } } };
        world.Provider.AnswerCode = _ => new CodeExchange.SignedIn(world.NewSession());
        var state = world.Codec.SealState(new SignInState("n", "v", "/"), SignInStart.Lifetime);

        var answer = await world.CheckAsync(Requests.Document($"/callback?code=c&state={state.Value}", $"{FlowCookie.Name(state)}={state.Value}; {world.CookieOf(world.NewSession("mallory"))}"));

        answer.SetCookies()[0].ShouldContain("; Domain=example.com");
        answer.SetCookies().ShouldContain(Expected.SessionDeleted);
    }

    [Fact]
    public async Task Five_tabs_of_one_browser_all_finish_within_a_minute()
    {
        var jar = new BrowserJar();
        for (var i = 0; i < 5; i++)
        {
            jar.Keep((await _world.CheckAsync(Requests.Document($"/tab-{i}", jar.Header))).SetCookies());
        }

        foreach (var (i, signIn) in _world.Provider.SignIns.ToList().Index())
        {
            var answer = await ReturnAsync(signIn.State, jar.Header);
            jar.Keep(answer.SetCookies());
            answer.Header("location").ShouldBe($"https://app.example.com/tab-{i}");
        }

        _world.Provider.Codes.Count.ShouldBe(5);
        jar.Names.ShouldBe(["wos-auth-returns", "wos-session"]);
    }

    private async Task<string> ReturnTwiceAsync()
    {
        var returns = "";
        for (var i = 0; i < 2; i++)
        {
            var (state, cookie) = await BeginAsync("/dashboard");
            var answer = await ReturnAsync(state, $"{cookie}; {returns}");
            returns = answer.SetCookies().Single(value => value.StartsWith("wos-auth-returns", StringComparison.Ordinal)).Split(';')[0];
            _world.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        return returns;
    }

    private void ShouldBeginAgain(CheckDecision decision, string cause, string returnPath)
    {
        var answer = decision.ShouldDeny(DecisionReason.SignInRestarted, 307);
        var state = _world.Provider.SignIns.Last().State;
        answer.Events.ShouldBe([new SessionEvent.CallbackFailed(cause)]);
        answer.Header("location").ShouldNotBeNull().ShouldContain(state.Value);
        answer.Caching().ShouldBe("private");
        answer.SetCookies().ShouldContain(Expected.FlowSet(state));
        answer.SetCookies().ShouldNotContain(value => value.StartsWith("wos-session", StringComparison.Ordinal));
        _world.Codec.UnsealState(state).ShouldNotBeNull().ShouldSatisfyAllConditions(begun => begun.IsRestart.ShouldBeTrue(), begun => begun.ReturnPathname.ShouldBe(returnPath));
    }

    private static void ShouldFail(CheckDecision decision, SignInFailure failure, string cause)
    {
        var answer = decision.ShouldDeny(DecisionReason.SignInFailed, 400);
        answer.Events.ShouldBe([new SessionEvent.CallbackFailed(cause)]);
        answer.Body.ShouldContain($"Reason: {ReasonCode.Of(failure)}");
        answer.Header("location").ShouldBeNull();
    }

    private static void ShouldGoOn(CheckDecision decision, string path)
    {
        var answer = decision.ShouldDeny(DecisionReason.SignInCompleted, 307);
        answer.Header("location").ShouldBe($"https://app.example.com{path}");
        answer.SetCookies().ShouldNotContain(value => value.StartsWith("wos-session", StringComparison.Ordinal));
    }

    private async Task<(SealedState State, string Cookie)> BeginAsync(string target)
    {
        var denied = await _world.CheckAsync(Requests.Document(target is "/" ? "/sign-in" : target));
        return (_world.Provider.SignIns.Last().State, denied.SetCookies().Single().Split(';')[0]);
    }

    private ValueTask<CheckDecision> ReturnAsync(SealedState state, string cookies) =>
        _world.CheckAsync(Requests.Document($"/callback?code=c&state={state.Value}", cookies));

    private static (SealedState One, SealedState Other) FnvTwins()
    {
        var seen = new Dictionary<string, SealedState>(StringComparer.Ordinal);
        for (var i = 0; ; i++)
        {
            var state = new SealedState($"Fe26.2*{i}~2");
            if (!seen.TryAdd(FlowCookie.AuthKitName(state), state))
            {
                return (seen[FlowCookie.AuthKitName(state)], state);
            }
        }
    }
}
