using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Rows 6 to 8 and 10 of the decision table: a session that is good or becomes good.</summary>
public sealed class SignedInTests
{
    private readonly World _world = new();

    public static MatrixTheoryData<ClientKind, string> KindsAndPaths => new(Enum.GetValues<ClientKind>(), ["/dashboard", "/about"]);

    public static TheoryData<RefreshOutcome> Failures =>
    [
        new RefreshOutcome.Ended("invalid_grant"),
        new RefreshOutcome.Transient("503", TimeSpan.FromSeconds(5)),
        new RefreshOutcome.Misconfigured("invalid_client"),
    ];

    [Theory, MemberData(nameof(KindsAndPaths))]
    public async Task A_fresh_session_goes_on_with_its_identity_and_no_cookie(ClientKind kind, string path)
    {
        var session = _world.NewSession();
        var cookie = _world.CookieOf(session);

        var allowed = (await _world.CheckAsync(Requests.Of(kind, path, cookie))).ShouldAllow(DecisionReason.SignedIn);

        allowed.SetCookies().ShouldBeEmpty();
        allowed.Caching().ShouldBe("private");
        allowed.UpstreamHeaders.Sets("x-workos-session").ShouldBe(cookie["wos-session=".Length..]);
        allowed.UpstreamHeaders.Sets("x-auth-user-id").ShouldBe("user_1");
        allowed.UpstreamHeaders.Sets("x-auth-email").ShouldBe("user_1@example.com");
        allowed.UpstreamHeaders.Sets("x-auth-session-id").ShouldBe("session_1");
        allowed.UpstreamHeaders.Sets("x-auth-org-id").ShouldBe("org_1");
        allowed.UpstreamHeaders.Sets("x-auth-role").ShouldBe("member");
        allowed.UpstreamHeaders.Sets("cookie").ShouldBeNull();
        allowed.Events.ShouldBeEmpty();
        _world.Provider.Refreshes.ShouldBe(0);
    }

    [Fact]
    public async Task A_session_seen_lately_is_neither_unsealed_nor_verified_again()
    {
        var cookie = _world.CookieOf(_world.NewSession());
        await _world.CheckAsync(Requests.Document("/dashboard", cookie));

        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);

        (_world.Codec.Unseals, _world.Verifier.Calls).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(75, false)]
    public async Task A_session_is_refreshed_in_the_last_minute_of_its_token_or_a_little_earlier(int secondsLeft, bool isRefreshed)
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.NewSession());
        var session = _world.NewSession(life: TimeSpan.FromMinutes(10), age: TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(secondsLeft));

        var cookie = _world.CookieOf(session);
        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn).SetCookies().ShouldBeEmpty("nobody waits for it");
        if (isRefreshed)
        {
            await _world.RefreshedAsync(session);
        }

        var next = (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);

        _world.Provider.Refreshes.ShouldBe(isRefreshed ? 1 : 0);
        next.SetCookies().Length.ShouldBe(isRefreshed ? 1 : 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refreshed_session_reaches_browser_and_upstream_together(bool isExpired)
    {
        var renewed = _world.NewSession();
        RefreshGrant? sent = null;
        _world.Provider.AnswerRefresh = grant =>
        {
            sent = grant;
            return new RefreshOutcome.Refreshed(renewed);
        };
        var old = isExpired ? _world.Expired() : _world.Ending();

        var cookies = $"a=1; {_world.CookieOf(old)}; b=2";
        if (!isExpired)
        {
            (await _world.CheckAsync(Requests.Document("/dashboard", cookies))).ShouldAllow(DecisionReason.SignedIn).SetCookies().ShouldBeEmpty();
            await _world.RefreshedAsync(old);
        }

        var allowed = (await _world.CheckAsync(Requests.Document("/dashboard", cookies))).ShouldAllow(DecisionReason.SignedIn);

        sent.ShouldBe(new RefreshGrant(old.RefreshToken, "org_1"));
        var seal = new SealedSession(allowed.UpstreamHeaders.Sets("x-workos-session").ShouldNotBeNull());
        _world.Codec.Unseal(seal).ShouldBe(renewed);
        allowed.SetCookies().ShouldBe([Expected.SessionSet(seal)]);
        allowed.UpstreamHeaders.Sets("cookie").ShouldBe($"a=1; wos-session={seal.Value}; b=2");
        allowed.Caching().ShouldBe("private");
    }

    [Theory, MemberData(nameof(Failures))]
    public async Task A_failed_refresh_ahead_serves_the_live_token_and_keeps_the_cookie(RefreshOutcome failure)
    {
        _world.Provider.AnswerRefresh = _ => failure;

        var allowed = (await _world.VisitTwiceAsync(_world.Ending())).ShouldAllow(DecisionReason.SignedIn);

        allowed.SetCookies().ShouldBeEmpty();
        allowed.Events.ShouldNotContain(@event => @event is SessionEvent.Ended);
        allowed.Events.Last().ShouldBeOfType<SessionEvent.RefreshAheadFailed>();
        allowed.Events.OfType<SessionEvent.ProviderRefusesUs>().Count().ShouldBe(failure is RefreshOutcome.Misconfigured ? 1 : 0);
    }

    [Fact]
    public async Task A_refresh_ahead_that_brings_another_user_serves_the_live_token_and_alarms()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.NewSession("mallory"));

        var allowed = (await _world.VisitTwiceAsync(_world.Ending())).ShouldAllow(DecisionReason.SignedIn);

        allowed.UpstreamHeaders.Sets("x-auth-user-id").ShouldBe("user_1");
        allowed.SetCookies().ShouldBeEmpty();
        allowed.Events.ShouldContain(@event => @event is SessionEvent.RefreshedTokenRefused);
    }

    [Fact]
    public async Task A_refresh_ahead_is_not_waited_for_and_its_result_used_by_the_next_request()
    {
        var ending = _world.Ending();
        var cookie = _world.CookieOf(ending);

        var first = (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);

        first.SetCookies().ShouldBeEmpty();
        first.Events.ShouldBe([new SessionEvent.RefreshingAhead("session_1")]);
        (await _world.Provider.NextCallAsync()).Answer.SetResult(new RefreshOutcome.Refreshed(_world.NewSession()));
        await _world.RefreshedAsync(ending);
        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn).SetCookies().Length.ShouldBe(1);
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_latecomer_whose_successor_has_ended_too_goes_on_with_the_next_generation()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.NewSession());
        var cookie = _world.CookieOf(_world.Expired());
        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);
        _world.Clock.Advance(TimeSpan.FromMinutes(6));

        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn).SetCookies().Length.ShouldBe(1);

        _world.Provider.Refreshes.ShouldBe(2);
    }

    [Fact]
    public async Task A_fresh_token_that_has_ended_already_is_not_refreshed_in_a_loop()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.Expired());

        var denied = (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.ProviderUnavailable, 503);

        denied.SetCookies().ShouldBeEmpty();
        denied.Events.ShouldContain(new SessionEvent.RefreshedTokenRefused("Expired"));
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_prefetch_does_not_refresh_ahead()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.NewSession());

        (await _world.CheckAsync(Requests.Of(ClientKind.Prefetch, "/dashboard", _world.CookieOf(_world.Ending())))).ShouldAllow(DecisionReason.SignedIn);

        _world.Provider.Refreshes.ShouldBe(0);
    }

    [Fact]
    public async Task Two_cookies_of_one_session_are_that_session_with_the_newest_token()
    {
        var (old, newest) = (_world.NewSession(age: TimeSpan.FromMinutes(1)), _world.NewSession());
        var cookie = _world.CookieOf(newest);

        var allowed = (await _world.CheckAsync(Requests.Document("/dashboard", $"{_world.CookieOf(old)}; {cookie}; wos-session=junk"))).ShouldAllow(DecisionReason.SignedIn);

        allowed.UpstreamHeaders.Sets("x-workos-session").ShouldBe(cookie["wos-session=".Length..]);
    }

    [Fact]
    public async Task A_claim_too_large_for_a_header_is_left_out_and_told()
    {
        var session = _world.NewSession();
        session = session with { User = session.User! with { Email = new string('a', 9000) } };

        var allowed = (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(session)))).ShouldAllow(DecisionReason.SignedIn);

        allowed.UpstreamHeaders.Sets("x-auth-email").ShouldBeNull();
        allowed.UpstreamHeaders.ShouldRemove("x-auth-email");
        allowed.Events.ShouldBe([new SessionEvent.ClaimLeftOut("x-auth-email")]);
    }
}
