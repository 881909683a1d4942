using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Signing out: who may cause it, what goes, and that nothing brings the session back.</summary>
public sealed class SignOutTests
{
    private const string Origin = "https://app.example.com";
    private readonly World _world = new() { Site = World.DefaultSite with { SignOutPath = "/sign-out" } };

    [Theory]
    [InlineData("POST", "same-origin", Origin, true)]
    [InlineData("POST", "same-origin", "null", true)]
    [InlineData("POST", "same-origin", "https://evil.example", false)]
    [InlineData("POST", null, Origin, true)]
    [InlineData("POST", null, "https://evil.example", false)]
    [InlineData("POST", null, "null", false)]
    [InlineData("POST", null, null, false)]
    [InlineData("POST", "same-site", "https://blog.example.com", false)]
    [InlineData("POST", "cross-site", "https://evil.example", false)]
    [InlineData("GET", "same-origin", null, true)]
    [InlineData("GET", "none", null, true)]
    [InlineData("GET", "same-site", null, false)]
    [InlineData("GET", "cross-site", null, false)]
    [InlineData("GET", null, null, false)]
    public async Task Only_our_own_pages_and_the_user_sign_out_without_being_asked(string method, string? fetchSite, string? origin, bool isAdmitted)
    {
        var decision = await _world.CheckAsync(Request(method, fetchSite, origin, _world.CookieOf(_world.NewSession())));

        if (isAdmitted)
        {
            decision.ShouldDeny(DecisionReason.SignOutCompleted, 303);
            return;
        }

        var page = decision.ShouldDeny(DecisionReason.NotConfirmed, method is "GET" ? 200 : 403);
        page.SetCookies().ShouldBeEmpty();
        page.Body.ShouldContain("<form method=\"post\" action=\"/sign-out\">");
        page.Header("content-security-policy")!.ShouldEndWith("form-action 'self' https://auth.example.com");
        page.Header("referrer-policy").ShouldBe("same-origin", "a page without one hides the Origin of its form");
        _world.Revocation.IsRevoked(new("session_1", null, null)).ShouldBeFalse();
        _world.Provider.Revocations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ClientKind.Prefetch)]
    [InlineData(ClientKind.Script)]
    public async Task What_only_loads_the_address_signs_nobody_out(ClientKind kind)
    {
        var request = Requests.Of(kind, "/sign-out", _world.CookieOf(_world.NewSession()));
        request.Headers.Add(KnownHeader.SecFetchSite, "same-origin");

        (await _world.CheckAsync(request)).ShouldDeny(DecisionReason.NotConfirmed, 403).Body.ShouldBe("""{"error":"not_confirmed","reason":"not_confirmed"}""");
    }

    [Fact]
    public async Task A_page_in_between_keeps_where_the_user_wants_to_go() =>
        (await _world.CheckAsync(Requests.Document("/sign-out?return_to=%2Fbye%22%3E"))).ShouldDeny(DecisionReason.NotConfirmed, 200)
            .Body.ShouldContain("action=\"/sign-out?return_to=%2Fbye%22%3E\"");

    [Fact]
    public async Task The_provider_ends_its_session_and_every_cookie_of_ours_goes()
    {
        var site = _world.Site with { EagerAuth = true, Cookie = World.DefaultSite.Cookie with { Domain = "example.com" } };
        var world = new World { Site = site };

        var denied = (await world.CheckAsync(Post("/sign-out", world.CookieOf(world.NewSession()) + "; wos-auth-verifier-1=a; wos-auth-verifier=b; wos-auth-verifierX=c")))
            .ShouldDeny(DecisionReason.SignOutCompleted, 303);

        denied.Header("location").ShouldBe($"https://auth.example.com/logout?session=session_1&return={Origin}/");
        denied.SetCookies().ShouldBe(
        [
            SetCookie.ExpiredSession(site.Cookie),
            SetCookie.ExpiredSession(site.Cookie with { Domain = null }),
            Expected.AccessTokenDeleted,
            SetCookie.ExpiredFlow(site.Cookie, "wos-auth-verifier-1"),
            SetCookie.ExpiredFlow(site.Cookie, "wos-auth-verifier"),
        ]);
        denied.Caching().ShouldBe("private");
        denied.Events.ShouldBe([new SessionEvent.SignedOut("session_1")]);
    }

    [Fact]
    public async Task An_expired_token_does_as_well_and_is_not_refreshed()
    {
        var denied = (await _world.CheckAsync(Post("/sign-out", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.SignOutCompleted, 303);

        denied.Header("location").ShouldStartWith("https://auth.example.com/logout?session=session_1&");
        _world.Provider.Refreshes.ShouldBe(0);
    }

    [Theory]
    [InlineData("/sign-out", "/")]
    [InlineData("/sign-out?return_to=/bye%3Fa=b", "/bye?a=b")]
    [InlineData("/sign-out?return_to=https://app.example.com/bye", "/bye")]
    [InlineData("/sign-out?return_to=//evil.example", "/")]
    [InlineData("/sign-out?return_to=https://evil.example/", "/")]
    [InlineData("/sign-out?return_to=/sign-out", "/")]
    public async Task Without_a_session_the_cookies_go_and_the_way_back_is_on_our_site(string target, string path)
    {
        var denied = (await _world.CheckAsync(Post(target))).ShouldDeny(DecisionReason.SignOutCompleted, 303);

        denied.Header("location").ShouldBe(Origin + path);
        denied.SetCookies().ShouldBe([Expected.SessionDeleted]);
    }

    [Fact]
    public async Task The_provider_may_choose_where_a_sign_out_ends()
    {
        var world = new World { Site = _world.Site with { SignOutReturnTo = null } };

        (await world.CheckAsync(Post("/sign-out", world.CookieOf(world.NewSession())))).Header("location").ShouldBe("https://auth.example.com/logout?session=session_1&return=");
        (await world.CheckAsync(Post("/sign-out"))).Header("location").ShouldBe($"{Origin}/");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signed_out_session_is_refused_even_when_it_is_remembered(bool isExpired)
    {
        var cookie = _world.CookieOf(isExpired ? _world.Expired() : _world.NewSession());
        if (!isExpired)
        {
            (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);
        }

        await _world.CheckAsync(Post("/sign-out", cookie));

        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldDeny(DecisionReason.SessionEnded, 307).SetCookies()[0].ShouldBe(Expected.SessionDeleted);
        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.NewSession())))).ShouldDeny(DecisionReason.SessionEnded, 307);
        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.NewSession(sessionId: "session_2"))))).ShouldAllow(DecisionReason.SignedIn);
        _world.Provider.Refreshes.ShouldBe(0);
    }

    [Fact]
    public async Task A_refresh_under_way_does_not_bring_a_signed_out_session_back()
    {
        var cookie = _world.CookieOf(_world.Expired());
        var refreshing = _world.CheckAsync(Requests.Document("/dashboard", cookie)).AsTask();
        var call = await _world.Provider.NextCallAsync();

        await _world.CheckAsync(Post("/sign-out", cookie));
        var renewed = _world.NewSession();
        call.Answer.SetResult(new RefreshOutcome.Refreshed(renewed));

        (await refreshing).ShouldDeny(DecisionReason.SessionEnded, 307).SetCookies()[0].ShouldBe(Expected.SessionDeleted);
        await ShouldBeOverAsync(call.Grant.RefreshToken, renewed, cookie);
    }

    [Fact]
    public async Task Nor_does_one_for_which_nobody_waits()
    {
        var ending = _world.Ending();
        var cookie = _world.CookieOf(ending);
        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);
        var call = await _world.Provider.NextCallAsync();

        await _world.CheckAsync(Post("/sign-out", cookie));
        var renewed = _world.NewSession();
        call.Answer.SetResult(new RefreshOutcome.Refreshed(renewed));
        await _world.RefreshedAsync(ending);

        await ShouldBeOverAsync(call.Grant.RefreshToken, renewed, cookie);
    }

    private async Task ShouldBeOverAsync(RefreshToken old, Session renewed, string cookie)
    {
        _world.Provider.Revocations.Select(revocation => revocation.Token).ShouldBe([old, renewed.RefreshToken]);
        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldDeny(DecisionReason.SessionEnded, 307);
        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(renewed)))).ShouldDeny(DecisionReason.SessionEnded, 307);
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData(12, 3)]
    [InlineData(2, 1.75)]
    public async Task The_refresh_token_is_revoked_too_and_in_time(int? secondsLeft, double patience)
    {
        var session = _world.NewSession();

        await _world.CheckAsync(Post("/sign-out", _world.CookieOf(session)) with { TimeLeft = secondsLeft is { } left ? TimeSpan.FromSeconds(left) : null });

        _world.Provider.Revocations.ShouldBe([(session.RefreshToken, TimeSpan.FromSeconds(patience))]);
    }

    [Fact]
    public async Task A_provider_that_does_not_revoke_the_token_is_told_of_and_stops_nobody()
    {
        _world.Provider.AnswerRevocation = new RevocationOutcome.Failed("status 503");

        (await _world.CheckAsync(Post("/sign-out", _world.CookieOf(_world.NewSession())))).ShouldDeny(DecisionReason.SignOutCompleted, 303)
            .Events.ShouldBe([new SessionEvent.SignedOut("session_1"), new SessionEvent.RefreshTokenNotRevoked("status 503")]);
    }

    private static IncomingRequest Post(string target, params string[] cookies)
    {
        var request = Requests.Document(target, cookies) with { Method = "POST" };
        request.Headers.Add(KnownHeader.SecFetchSite, "same-origin");
        request.Headers.Add(KnownHeader.Origin, Origin);
        return request;
    }

    private static IncomingRequest Request(string method, string? fetchSite, string? origin, string cookie)
    {
        var request = Requests.Document("/sign-out", cookie) with { Method = method };
        if (fetchSite is not null)
        {
            request.Headers.Add(KnownHeader.SecFetchSite, fetchSite);
        }

        if (origin is not null)
        {
            request.Headers.Add(KnownHeader.Origin, origin);
        }

        return request;
    }
}
