using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Routes;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tests.Routes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Pages for users only who signed in within ten minutes.</summary>
public sealed class RecentAuthenticationTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private readonly World _world = new()
    {
        Site = World.DefaultSite with
        {
            SignInPath = "/sign-in",
            RecentAuthentication = new(new RecentAuthenticationRule(Patterns.Guarded("/billing/**", "/docs/secret"), MaxAge)),
        },
    };

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-5)] // the provider's clock is ahead
    public async Task Who_signed_in_lately_passes(int minutesAgo) => (await VisitAsync("/billing", minutesAgo)).ShouldAllow(DecisionReason.SignedIn)
        .UpstreamHeaders.Sets("x-auth-time").ShouldBe($"{_world.Clock.GetUtcNow().AddMinutes(-minutesAgo).ToUnixTimeSeconds()}");

    [Theory]
    [InlineData(11)]
    [InlineData(null)]
    public async Task Who_did_not_or_cannot_tell_signs_in_again_and_comes_back(int? minutesAgo)
    {
        var denied = (await VisitAsync("/billing?page=2", minutesAgo)).ShouldDeny(DecisionReason.AuthenticationTooOld, 307);

        var signIn = _world.Provider.SignIns.Single();
        signIn.ShouldSatisfyAllConditions(
            () => signIn.MaxAge.ShouldBe(MaxAge),
            () => signIn.LoginHint.ShouldBe("user_1@example.com"),
            () => signIn.OrganizationId.ShouldBe("org_1"));
        _world.Codec.UnsealState(signIn.State)!.ShouldSatisfyAllConditions(state => state.ReturnPathname.ShouldBe("/billing?page=2"), state => state.MaxAge.ShouldBe(MaxAge));
        denied.SetCookies().ShouldBe([Expected.FlowSet(signIn.State)], "the session stays");
        denied.Caching().ShouldBe("private");
    }

    [Fact]
    public async Task Other_pages_do_not_ask() => (await VisitAsync("/dashboard", minutesAgo: 600)).ShouldAllow(DecisionReason.SignedIn);

    [Fact]
    public async Task A_script_is_told_how_recent_it_must_be()
    {
        var denied = (await _world.CheckAsync(Requests.Of(ClientKind.Script, "/billing", _world.CookieOf(Session(minutesAgo: 11))))).ShouldDeny(DecisionReason.AuthenticationTooOld, 401);

        denied.Header("www-authenticate").ShouldBe("Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent sign-in is needed\", max_age=\"600\"");
        denied.Body.ShouldBe("""{"error":"insufficient_user_authentication","reason":"authentication_too_old","login_url":"https://app.example.com/sign-in?max_age=600"}""");
        denied.SetCookies().ShouldBeEmpty();
        _world.Provider.SignIns.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cookie_that_was_renewed_on_the_way_is_not_lost()
    {
        var renewed = Session(minutesAgo: 11);
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(renewed);

        var denied = (await _world.CheckAsync(Requests.Document("/billing", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.AuthenticationTooOld, 307);

        denied.SetCookies().Length.ShouldBe(2);
        denied.SetCookies()[0].ShouldStartWith($"{World.Cookie}=Fe26.2*session-");
    }

    [Fact]
    public async Task A_signed_out_visitor_is_asked_for_a_recent_sign_in_at_once_even_on_a_public_path()
    {
        (await _world.CheckAsync(Requests.Document("/docs/secret"))).ShouldDeny(DecisionReason.NotSignedIn, 307);

        _world.Provider.SignIns.Single().MaxAge.ShouldBe(MaxAge);
    }

    [Fact]
    public async Task The_rule_holds_where_no_other_path_needs_a_session()
    {
        var open = new World { Site = _world.Site with { ProtectsRoutes = false } };

        (await open.CheckAsync(Requests.Document("/billing"))).ShouldDeny(DecisionReason.NotSignedIn, 307);
        (await open.CheckAsync(Requests.Document("/dashboard"))).ShouldAllow(DecisionReason.Public);
    }

    [Theory]
    [InlineData(0, DecisionReason.SignInCompleted, 307)]
    [InlineData(10, DecisionReason.SignInCompleted, 307)]
    [InlineData(12, DecisionReason.SignInFailed, 400)]
    [InlineData(null, DecisionReason.SignInFailed, 400)]
    public async Task A_provider_that_does_not_ask_again_ends_with_a_page_not_a_loop(int? minutesAgo, DecisionReason reason, int status)
    {
        await VisitAsync("/billing", minutesAgo: 60);
        var state = _world.Provider.SignIns.Single().State;
        _world.Provider.AnswerCode = _ => new CodeExchange.SignedIn(Session(minutesAgo));

        var answer = await _world.CheckAsync(Requests.Document($"/callback?code=c&state={state.Value}", $"{FlowCookie.Name(state)}={state.Value}"));

        answer.ShouldDeny(reason, status).Body.Contains("authentication_too_old", StringComparison.Ordinal).ShouldBe(status == 400);
    }

    [Fact]
    public async Task Where_the_access_token_is_silent_the_ID_token_tells_when()
    {
        var idToken = Fakes.Tokens.Issue("user_1", null, null, _world.Clock.GetUtcNow(), MaxAge, _world.Clock.GetUtcNow().AddMinutes(-3));
        var session = Session(minutesAgo: null) with { IdToken = new IdToken(idToken.Value) };

        var allowed = (await _world.CheckAsync(Requests.Document("/billing", _world.CookieOf(session)))).ShouldAllow(DecisionReason.SignedIn);

        allowed.UpstreamHeaders.Sets("x-auth-time").ShouldBe($"{_world.Clock.GetUtcNow().AddMinutes(-3).ToUnixTimeSeconds()}");
    }

    private ValueTask<CheckDecision> VisitAsync(string target, int? minutesAgo) => _world.CheckAsync(Requests.Document(target, _world.CookieOf(Session(minutesAgo))));

    private Session Session(int? minutesAgo) => _world.NewSession(signedInAgo: minutesAgo is { } minutes ? TimeSpan.FromMinutes(minutes) : null);
}
