using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Rows 9 and 11 to 14 of the decision table: a session that is over, and one that cannot be settled now.</summary>
public sealed class EndedSessionTests
{
    private readonly World _world = new();

    public static TheoryData<string> EndingErrors => ["invalid_grant", "sso_required", "mfa_enrollment"];

    public static MatrixTheoryData<ClientKind, UnauthenticatedResponse> KindsAndModes =>
        new(Enum.GetValues<ClientKind>(), Enum.GetValues<UnauthenticatedResponse>());

    [Theory, MemberData(nameof(EndingErrors))]
    public async Task A_refused_refresh_sends_a_document_to_sign_in_and_deletes_the_cookie(string error)
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Ended(error);

        var denied = (await _world.CheckAsync(Requests.Document("/welcome/team", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.SessionEnded, 307);

        var signIn = _world.Provider.SignIns.Single();
        signIn.ScreenHint.ShouldBe(ScreenHint.SignUp, "the hint survives a failed refresh, unlike AuthKit's");
        denied.SetCookies().ShouldBe([Expected.SessionDeleted, Expected.FlowSet(signIn.State)]);
        denied.Caching().ShouldBe("private");
        denied.Events.ShouldBe(
        [
            new SessionEvent.Refreshing("session_1", "Expired"),
            new SessionEvent.Ended(error),
            new SessionEvent.SignInRequired("/welcome/team"),
        ]);
    }

    [Fact]
    public async Task A_refused_refresh_on_a_public_path_goes_on_signed_out_without_the_cookie()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Ended("invalid_grant");

        var allowed = (await _world.CheckAsync(Requests.Document("/about", _world.CookieOf(_world.Expired())))).ShouldAllow(DecisionReason.Public);

        allowed.SetCookies().ShouldBe([Expected.SessionDeleted]);
        allowed.UpstreamHeaders.Sets("x-auth-user-id").ShouldBeNull();
        allowed.UpstreamHeaders.ShouldRemove("x-workos-session");
    }

    [Theory, MemberData(nameof(KindsAndModes))]
    public async Task A_provider_outage_is_503_for_every_client_and_the_cookie_stays(ClientKind kind, UnauthenticatedResponse mode)
    {
        var world = new World { Site = World.DefaultSite with { UnauthenticatedResponse = mode } };
        world.Provider.AnswerRefresh = _ => new RefreshOutcome.Transient("503", TimeSpan.FromSeconds(4));

        var denied = (await world.CheckAsync(Requests.Of(kind, "/dashboard", world.CookieOf(world.Expired())))).ShouldDeny(DecisionReason.ProviderUnavailable, 503);

        denied.Header("retry-after").ShouldBe("4");
        denied.SetCookies().ShouldBeEmpty();
        denied.Header("location").ShouldBeNull();
        denied.Caching().ShouldBe("private");
        if (kind is ClientKind.Document)
        {
            denied.Body.ShouldContain("content=\"4\"");
        }
        else
        {
            denied.Body.ShouldBe("""{"error":"unavailable","reason":"provider_unavailable"}""");
        }
    }

    [Fact]
    public async Task A_form_sent_during_an_outage_is_not_sent_again_by_the_page()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Transient("503", TimeSpan.FromSeconds(4));

        var denied = (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.Expired())) with { Method = "POST" })).ShouldDeny(DecisionReason.ProviderUnavailable, 503);

        denied.Body.ShouldNotContain("http-equiv");
    }

    [Fact]
    public async Task A_public_path_goes_on_signed_out_during_an_outage_and_the_cookie_stays()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Transient("503", TimeSpan.FromSeconds(4));

        var allowed = (await _world.CheckAsync(Requests.Document("/about", _world.CookieOf(_world.Expired())))).ShouldAllow(DecisionReason.Public);

        allowed.SetCookies().ShouldBeEmpty();
        allowed.Caching().ShouldBe("private");
        allowed.UpstreamHeaders.Sets("x-auth-user-id").ShouldBeNull();
    }

    [Fact]
    public async Task Our_own_refused_key_ends_no_session_and_alarms()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Misconfigured("401");

        var denied = (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.ProviderUnavailable, 503);

        denied.SetCookies().ShouldBeEmpty();
        denied.Events.ShouldContain(new SessionEvent.ProviderRefusesUs("401"));
    }

    [Fact]
    public async Task A_forged_token_in_a_good_seal_is_refreshed_in_its_organisation_not_believed()
    {
        var session = _world.NewSession();
        _world.Verifier.Verdicts[session.AccessToken] = new TokenVerdict.NotUsable(TokenFault.Signature, "org_1", "session_1");
        RefreshGrant? sent = null;
        _world.Provider.AnswerRefresh = grant =>
        {
            sent = grant;
            return new RefreshOutcome.Refreshed(_world.NewSession());
        };

        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(session)))).ShouldAllow(DecisionReason.SignedIn);

        sent.ShouldBe(new RefreshGrant(session.RefreshToken, "org_1"));
    }

    [Fact]
    public async Task A_token_that_is_no_token_ends_the_session_without_a_call() =>
        await ShouldEndWithoutCallAsync(_world.NewSession() with { AccessToken = new AccessToken("not a token") });

    [Fact]
    public async Task A_seal_without_a_user_is_no_session() =>
        await ShouldEndWithoutCallAsync(_world.NewSession() with { User = null });

    [Fact]
    public async Task A_token_of_another_user_than_the_sealed_one_is_no_session() =>
        await ShouldEndWithoutCallAsync(_world.NewSession("mallory") with { User = _world.NewSession().User });

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/about")]
    public async Task Without_keys_nothing_is_refreshed_or_deleted(string path)
    {
        _world.Verifier.HasNoKeys = true;

        var decision = await _world.CheckAsync(Requests.Document(path, _world.CookieOf(_world.NewSession())));

        decision.SetCookies().ShouldBeEmpty();
        _world.Provider.Refreshes.ShouldBe(0);
        _ = path is "/about"
            ? (object)decision.ShouldAllow(DecisionReason.Public)
            : decision.ShouldDeny(DecisionReason.KeysUnavailable, 503);
    }

    [Fact]
    public async Task A_refresh_that_brings_another_users_tokens_ends_the_session_and_alarms()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.NewSession("mallory"));

        var denied = (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.SessionEnded, 307);

        denied.SetCookies()[0].ShouldBe(Expected.SessionDeleted);
        denied.Events.ShouldContain(new SessionEvent.RefreshedTokenRefused("another user"));
    }

    [Fact]
    public async Task A_refresh_whose_token_names_another_user_than_its_answer_ends_the_session()
    {
        var mixed = _world.NewSession("mallory") with { User = _world.NewSession().User };
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(mixed);

        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.SessionEnded, 307);
    }

    [Fact]
    public async Task A_refreshed_token_that_does_not_verify_ends_nothing_and_is_not_asked_for_again()
    {
        var renewed = _world.NewSession();
        _world.Verifier.Verdicts[renewed.AccessToken] = new TokenVerdict.NotUsable(TokenFault.Issuer, null, null);
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(renewed);
        var cookie = _world.CookieOf(_world.Expired());

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var denied = (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldDeny(DecisionReason.ProviderUnavailable, 503);
            denied.SetCookies().ShouldBeEmpty();
            denied.Events.ShouldContain(new SessionEvent.RefreshedTokenRefused("Issuer"));
        }

        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_refreshed_token_that_cannot_be_verified_for_want_of_keys_is_kept_until_it_can()
    {
        var renewed = _world.NewSession();
        _world.Verifier.Verdicts[renewed.AccessToken] = new TokenVerdict.Unverifiable();
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(renewed);
        var cookie = _world.CookieOf(_world.Expired());

        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldDeny(DecisionReason.KeysUnavailable, 503).SetCookies().ShouldBeEmpty();

        _world.Verifier.Verdicts.Clear();
        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_that_stops_waiting_gets_503_and_the_next_one_the_session()
    {
        var request = Requests.Document("/dashboard", _world.CookieOf(_world.Expired())) with { TimeLeft = TimeSpan.FromSeconds(1) };
        var first = _world.CheckAsync(request).AsTask();
        var call = await _world.Provider.NextCallAsync();
        await _world.Clock.TimerSetAsync(TimeSpan.FromMilliseconds(750));

        _world.Clock.Advance(TimeSpan.FromMilliseconds(750));

        (await first).ShouldDeny(DecisionReason.ProviderUnavailable, 503).Header("retry-after").ShouldBe("1");
        call.Answer.SetResult(new RefreshOutcome.Refreshed(_world.NewSession()));
        (await _world.CheckAsync(request)).ShouldAllow(DecisionReason.SignedIn);
        _world.Provider.Refreshes.ShouldBe(1);
    }

    private async Task ShouldEndWithoutCallAsync(Session session)
    {
        var denied = (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(session)))).ShouldDeny(DecisionReason.SessionEnded, 307);

        denied.SetCookies()[0].ShouldBe(Expected.SessionDeleted);
        _world.Provider.Refreshes.ShouldBe(0);
    }
}
