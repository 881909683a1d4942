using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Changing the session to another organisation.</summary>
public sealed class SwitchOrganizationTests
{
    private const string Target = "/switch-organization?organization_id=org_2&return_to=/dashboard";
    private readonly World _world = new() { Site = World.DefaultSite with { SwitchOrganizationPath = "/switch-organization" } };

    [Theory]
    [InlineData("GET", false, 307)]
    [InlineData("POST", false, 303)]
    [InlineData("GET", true, 307)]
    public async Task A_switch_brings_a_new_session_in_that_organisation(string method, bool isExpired, int status)
    {
        var session = isExpired ? _world.Expired() : _world.NewSession();
        RefreshGrant? sent = null;
        _world.Provider.AnswerRefresh = grant =>
        {
            sent = grant;
            return new RefreshOutcome.Refreshed(_world.NewSession(organizationId: "org_2"));
        };

        var denied = (await SwitchAsync(session, method)).ShouldDeny(DecisionReason.OrganizationSwitched, status);

        sent.ShouldBe(new RefreshGrant(session.RefreshToken, "org_2"));
        denied.Header("location").ShouldBe("https://app.example.com/dashboard");
        var cookie = denied.SetCookies().ShouldHaveSingleItem();
        denied.Caching().ShouldBe("private");
        var next = (await _world.CheckAsync(Requests.Document("/dashboard", cookie.Split(';')[0]))).ShouldAllow(DecisionReason.SignedIn);
        next.UpstreamHeaders.Sets("x-auth-org-id").ShouldBe("org_2");
    }

    [Theory]
    [InlineData("sso_required")]
    [InlineData("mfa_enrollment")]
    public async Task Where_more_is_needed_a_sign_in_to_that_organisation_begins_and_the_old_session_stays(string error)
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Ended(error);

        var denied = (await SwitchAsync(_world.NewSession())).ShouldDeny(DecisionReason.NotSignedIn, 307);

        var signIn = _world.Provider.SignIns.Single();
        signIn.OrganizationId.ShouldBe("org_2");
        _world.Codec.UnsealState(signIn.State)!.ReturnPathname.ShouldBe("/dashboard");
        denied.SetCookies().ShouldBe([Expected.FlowSet(signIn.State)]);
        denied.Events.ShouldBe([new SessionEvent.OrganizationRefused(error)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_providers_own_address_comes_first(bool isOperatorFault)
    {
        const string address = "https://auth.example.com/step-up";
        _world.Provider.AnswerRefresh = _ => isOperatorFault
            ? new RefreshOutcome.Misconfigured("403 other") { MayBeOrganization = true, Redirect = new ProviderRedirect(address) }
            : new RefreshOutcome.Ended("sso_required") { Redirect = new ProviderRedirect(address) };

        var denied = (await SwitchAsync(_world.NewSession())).ShouldDeny(DecisionReason.NotSignedIn, 307);

        denied.Header("location").ShouldBe(address);
        denied.SetCookies().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refused_organisation_is_told_without_an_alarm_and_the_session_goes_on(bool isGrant)
    {
        var session = _world.NewSession();
        _world.Provider.AnswerRefresh = _ => isGrant ? new RefreshOutcome.Ended("invalid_grant") : new RefreshOutcome.Misconfigured("404 entity_not_found") { MayBeOrganization = true };

        var denied = (await SwitchAsync(session)).ShouldDeny(DecisionReason.OrganizationRefused, 403);

        denied.Body.ShouldContain("<a href=\"/dashboard\">");
        denied.SetCookies().ShouldBeEmpty();
        denied.Events.ShouldHaveSingleItem().ShouldBeOfType<SessionEvent.OrganizationRefused>();
        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(session)))).ShouldAllow(DecisionReason.SignedIn);
    }

    [Fact]
    public async Task An_outage_asks_to_wait()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Transient("503", TimeSpan.FromSeconds(4));

        var denied = (await SwitchAsync(_world.NewSession())).ShouldDeny(DecisionReason.ProviderUnavailable, 503);

        denied.Header("retry-after").ShouldBe("4");
        denied.SetCookies().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stranger_signs_in_to_that_organisation()
    {
        (await _world.CheckAsync(Own(Requests.Document(Target)))).ShouldDeny(DecisionReason.NotSignedIn, 307);

        _world.Provider.SignIns.Single().OrganizationId.ShouldBe("org_2");
    }

    [Fact]
    public async Task Another_site_changes_nothing_unless_the_user_confirms()
    {
        var request = Requests.Document(Target, _world.CookieOf(_world.NewSession()));
        request.Headers.Add(KnownHeader.SecFetchSite, "cross-site");

        (await _world.CheckAsync(request)).ShouldDeny(DecisionReason.NotConfirmed, 200)
            .Body.ShouldContain("action=\"/switch-organization?organization_id=org_2&amp;return_to=/dashboard\"");
        _world.Provider.Refreshes.ShouldBe(0);
    }

    [Theory]
    [InlineData("/switch-organization")]
    [InlineData("/switch-organization?organization_id=")]
    [InlineData("/switch-organization?organization_id=a&organization_id=b")]
    [InlineData("/switch-organization?organization_id=org%2F2")]
    public async Task An_organisation_must_be_named_once(string target) =>
        (await _world.CheckAsync(Own(Requests.Document(target, _world.CookieOf(_world.NewSession()))))).ShouldDeny(DecisionReason.BadRequest, 400);

    [Fact]
    public async Task A_sign_out_during_a_switch_wins()
    {
        var switching = SwitchAsync(_world.NewSession());
        var call = await _world.Provider.NextCallAsync();
        await _world.Revocation.RevokeAsync("session_1", TestContext.Current.CancellationToken);
        call.Answer.SetResult(new RefreshOutcome.Refreshed(_world.NewSession(organizationId: "org_2")));

        (await switching).ShouldDeny(DecisionReason.NotSignedIn, 307).SetCookies().ShouldNotContain(cookie => cookie.StartsWith("wos-session=F", StringComparison.Ordinal));
    }

    private Task<CheckDecision> SwitchAsync(Session session, string method = "GET") =>
        _world.CheckAsync(Own(Requests.Document(Target, _world.CookieOf(session)) with { Method = method })).AsTask();

    private static IncomingRequest Own(IncomingRequest request)
    {
        request.Headers.Add(KnownHeader.SecFetchSite, "same-origin");
        return request;
    }
}
