using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>A page of the provider loads our address in a frame: the session whose cookie comes with it ends, if it is the one meant.</summary>
public sealed class FrontChannelLogoutTests
{
    private const string Path = "/.auth/frontchannel-logout";
    private const string Issuer = "https://idp.example.com/tenant";

    private readonly World _world = new() { Site = World.DefaultSite with { FrontChannelLogoutPath = Path, Issuer = Issuer, Cookie = World.DefaultSite.Cookie with { Domain = "example.com" } } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_session_that_is_named_ends_with_all_its_cookies(bool isExpired)
    {
        var cookie = _world.CookieOf(isExpired ? _world.Expired() : _world.NewSession());

        var page = (await FrameAsync(Issuer, "session_1", cookie)).ShouldDeny(DecisionReason.LogoutReceived, 200);

        page.SetCookies().ShouldBe([SetCookie.ExpiredSession(_world.Site.Cookie), SetCookie.ExpiredSession(_world.Site.Cookie with { Domain = null })]);
        page.Events.ShouldBe([new SessionEvent.SignedOutByProvider("session_1")]);
        page.Caching().ShouldBe("no-store");
        page.Header("content-security-policy")!.ShouldContain("frame-ancestors https://idp.example.com;");
        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldDeny(DecisionReason.SessionEnded, 307);
    }

    [Theory]
    [InlineData(Issuer, "session_2", true)]
    [InlineData("https://idp.example.com/", "session_1", true)]
    [InlineData(Issuer, "session_1", false)]
    public async Task Whatever_concerns_no_session_of_this_browser_changes_nothing_and_looks_the_same(string issuer, string sessionId, bool hasCookie)
    {
        var cookie = _world.CookieOf(_world.NewSession());

        var page = (await FrameAsync(issuer, sessionId, hasCookie ? cookie : "theme=dark")).ShouldDeny(DecisionReason.LogoutReceived, 200);

        page.SetCookies().ShouldBeEmpty();
        page.Events.ShouldBeEmpty();
        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);
        page.Body.ShouldBe((await FrameAsync(Issuer, "session_1", cookie)).ShouldDeny(DecisionReason.LogoutReceived, 200).Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?iss=https://idp.example.com/tenant")]
    [InlineData("?sid=session_1")]
    [InlineData("?iss=https://idp.example.com/tenant&sid=session_1&sid=session_1")]
    [InlineData("?iss=https://idp.example.com/tenant&iss=https://idp.example.com/tenant&sid=session_1")]
    [InlineData("?iss=https://idp.example.com/tenant&sid=")]
    public async Task A_parameter_that_is_missing_or_repeated_is_refused(string query)
    {
        var cookie = _world.CookieOf(_world.NewSession());

        (await _world.CheckAsync(Requests.Document(Path + query, cookie))).ShouldDeny(DecisionReason.BadRequest, 400).SetCookies().ShouldBeEmpty();
        (await _world.CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn);
    }

    private async Task<CheckDecision> FrameAsync(string issuer, string sessionId, string cookie) =>
        await _world.CheckAsync(Requests.Document($"{Path}?iss={Uri.EscapeDataString(issuer)}&sid={sessionId}", cookie));
}
