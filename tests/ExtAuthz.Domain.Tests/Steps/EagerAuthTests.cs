using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary><c>eagerAuth</c>: documents, and nothing else, are handed the access token.</summary>
public sealed class EagerAuthTests
{
    private readonly World _world = new() { Site = World.DefaultSite with { EagerAuth = true } };

    public static TheoryData<ClientKind> NonDocuments => [ClientKind.Prefetch, ClientKind.Script, ClientKind.Grpc];

    [Fact]
    public async Task A_document_gets_the_access_token()
    {
        var session = _world.NewSession();

        (await CheckAsync(ClientKind.Document, session)).SetCookies().ShouldBe([Expected.AccessTokenSet(session.AccessToken)]);
    }

    [Theory, MemberData(nameof(NonDocuments))]
    public async Task Nothing_else_gets_it(ClientKind kind)
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.NewSession());

        (await CheckAsync(kind, _world.NewSession())).SetCookies().ShouldBeEmpty();
        (await CheckAsync(kind, _world.Expired())).SetCookies().ShouldHaveSingleItem().ShouldStartWith("wos-session=");
    }

    [Fact]
    public async Task A_document_that_has_it_does_not_get_it_again()
    {
        var session = _world.NewSession();

        (await CheckAsync(ClientKind.Document, session, $"workos-access-token={session.AccessToken.Value}")).SetCookies().ShouldBeEmpty();
        (await CheckAsync(ClientKind.Document, session, "workos-access-token=another")).SetCookies().Length.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_refresh_a_document_gets_the_new_one()
    {
        var renewed = _world.NewSession();
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(renewed);

        var cookies = (await CheckAsync(ClientKind.Document, _world.Expired(), $"workos-access-token={renewed.AccessToken.Value}")).SetCookies();

        cookies.Length.ShouldBe(2);
        cookies[1].ShouldBe(Expected.AccessTokenSet(renewed.AccessToken));
    }

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/about")]
    public async Task An_ended_session_takes_it_back(string path)
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Ended("invalid_grant");

        var cookies = (await _world.CheckAsync(Requests.Document(path, _world.CookieOf(_world.Expired())))).SetCookies();

        cookies[..2].ShouldBe([Expected.SessionDeleted, Expected.AccessTokenDeleted]);
    }

    [Fact]
    public async Task An_outage_takes_nothing_back()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Transient("503", TimeSpan.FromSeconds(1));

        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.Expired())))).SetCookies().ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_site_without_https_the_cookies_are_not_secure()
    {
        var world = new World
        {
            Site = World.DefaultSite with { EagerAuth = true, PublicOrigin = "http://localhost:8080", Cookie = World.DefaultSite.Cookie with { Secure = false } },
        };
        var session = world.NewSession();

        (await world.CheckAsync(Requests.Document("/dashboard", world.CookieOf(session)))).SetCookies().Single().ShouldNotContain("Secure");
    }

    private async Task<CheckDecision> CheckAsync(ClientKind kind, Session session, string otherCookie = "a=1") =>
        (await _world.CheckAsync(Requests.Of(kind, "/dashboard", $"{_world.CookieOf(session)}; {otherCookie}"))).ShouldAllow(DecisionReason.SignedIn);
}
