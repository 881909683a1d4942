using System.Text.Json;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Rows 1 to 5 of the decision table: no session cookie, or none that opens.</summary>
public sealed class SignedOutTests
{
    private readonly World _world = new();

    public static TheoryData<ClientKind> Kinds => [.. Enum.GetValues<ClientKind>()];

    public static MatrixTheoryData<ClientKind, string> NonDocumentsAndCookies =>
        new([ClientKind.Prefetch, ClientKind.Script, ClientKind.Grpc], ["", "wos-session=forged", "wos-session="]);

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_public_path_without_a_cookie_goes_on_untouched(ClientKind kind)
    {
        var allowed = (await _world.CheckAsync(Requests.Of(kind, "/docs/a?x=1"))).ShouldAllow(DecisionReason.Public);

        allowed.ResponseHeaders.ShouldBeEmpty();
        allowed.UpstreamHeaders.Set.Select(header => (header.Name, header.Value)).ShouldBe(
        [
            ("x-workos-middleware", "true"),
            ("x-redirect-uri", "https://app.example.com/callback"),
            ("x-sign-up-paths", "/welcome/**"),
            ("x-url", "https://app.example.com/docs/a?x=1"),
        ]);
    }

    [Fact]
    public async Task A_protected_path_without_a_cookie_sends_a_document_to_sign_in()
    {
        var denied = (await _world.CheckAsync(Requests.Document("/dashboard?tab=2&_rsc=1x"))).ShouldDeny(DecisionReason.NotSignedIn, 307);

        var signIn = _world.Provider.SignIns.ShouldHaveSingleItem();
        signIn.ScreenHint.ShouldBe(ScreenHint.SignIn);
        denied.Header("location").ShouldBe(_world.Provider.AuthorizationUrl(signIn));
        denied.SetCookies().ShouldBe([Expected.FlowSet(signIn.State)]);
        denied.Caching().ShouldBe("no-store");
        denied.Body.ShouldBeEmpty();
        var state = _world.Codec.UnsealState(signIn.State).ShouldNotBeNull();
        state.ReturnPathname.ShouldBe("/dashboard?tab=2");
        signIn.CodeChallenge.ShouldBe(Pkce.Challenge(state.CodeVerifier));
    }

    [Theory]
    [InlineData("GET", 307)]
    [InlineData("HEAD", 307)]
    [InlineData("POST", 303)]
    [InlineData("PUT", 303)]
    [InlineData("DELETE", 303)]
    [InlineData("get", 303)]
    public async Task The_redirect_repeats_no_unsafe_method(string method, int status)
    {
        (await _world.CheckAsync(Requests.Document("/dashboard") with { Method = method })).ShouldDeny(DecisionReason.NotSignedIn, status);
    }

    [Theory, MemberData(nameof(NonDocumentsAndCookies))]
    public async Task Whatever_is_no_document_gets_401_and_begins_no_sign_in(ClientKind kind, string cookie)
    {
        var isUnreadable = cookie.Length > 0;
        var denied = (await _world.CheckAsync(isUnreadable ? Requests.Of(kind, "/dashboard", cookie) : Requests.Of(kind, "/dashboard")))
            .ShouldDeny(isUnreadable ? DecisionReason.SessionEnded : DecisionReason.NotSignedIn, 401);

        denied.Header("location").ShouldBeNull();
        denied.Header("content-type").ShouldBe("application/json");
        denied.SetCookies().ShouldBe(isUnreadable ? [Expected.SessionDeleted] : []);
        denied.Caching().ShouldBe(isUnreadable ? "private" : "no-store");
        var json = JsonSerializer.Deserialize<Dictionary<string, string>>(denied.Body).ShouldNotBeNull();
        json["error"].ShouldBe("unauthenticated");
        json["reason"].ShouldBe(isUnreadable ? "session_ended" : "not_signed_in");
        json["login_url"].ShouldBe("https://app.example.com/");
        _world.Provider.SignIns.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task With_redirects_for_all_every_client_is_redirected_but_only_documents_are_bound(ClientKind kind)
    {
        var world = new World { Site = World.DefaultSite with { UnauthenticatedResponse = UnauthenticatedResponse.Redirect } };

        var denied = (await world.CheckAsync(Requests.Of(kind, "/dashboard"))).ShouldDeny(DecisionReason.NotSignedIn, 307);

        denied.Header("location").ShouldNotBeNull();
        denied.SetCookies().Length.ShouldBe(kind is ClientKind.Document ? 1 : 0);
        denied.Caching().ShouldBe(kind is ClientKind.Document ? "no-store" : "none");
    }

    [Theory]
    [InlineData("wos-session=")]
    [InlineData("wos-session=Fe26.1*1*foreign~2")]
    [InlineData("wos-session=%zz")]
    [InlineData("wos-session=a; wos-session=b; wos-session=c; wos-session=d; wos-session=e")]
    public async Task An_unreadable_cookie_is_deleted_on_a_public_path_and_the_provider_not_asked(string cookie)
    {
        var allowed = (await _world.CheckAsync(Requests.Document("/about", cookie))).ShouldAllow(DecisionReason.Public);

        allowed.SetCookies().ShouldBe([Expected.SessionDeleted]);
        allowed.Caching().ShouldBe("private");
        allowed.ResponseHeaders.Where(header => header.Name is "set-cookie").ShouldAllBe(header => header.Added);
        allowed.UpstreamHeaders.Sets("x-workos-session").ShouldBeNull();
        _world.Provider.Refreshes.ShouldBe(0);
    }

    [Fact]
    public async Task An_unreadable_cookie_is_deleted_on_the_way_to_sign_in()
    {
        var denied = (await _world.CheckAsync(Requests.Document("/dashboard", "wos-session=forged"))).ShouldDeny(DecisionReason.SessionEnded, 307);

        denied.SetCookies().ShouldBe([Expected.SessionDeleted, Expected.FlowSet(_world.Provider.SignIns.Single().State)]);
        denied.Caching().ShouldBe("private");
    }

    [Fact]
    public async Task Cookies_of_two_sessions_are_none_and_both_spellings_go()
    {
        var world = new World { Site = World.DefaultSite with { Cookie = World.DefaultSite.Cookie with { Domain = "example.com" } } };
        var (mine, tossed) = (world.CookieOf(world.NewSession()), world.CookieOf(world.NewSession("mallory", "session_2")));

        var denied = (await world.CheckAsync(Requests.Document("/dashboard", $"{mine}; {tossed}"))).ShouldDeny(DecisionReason.SessionEnded, 307);

        denied.SetCookies()[..2].ShouldBe([Expected.SessionDeleted.Replace("; Secure", "; Domain=example.com; Secure", StringComparison.Ordinal), Expected.SessionDeleted]);
    }

    [Theory]
    [InlineData("/welcome", ScreenHint.SignUp)]
    [InlineData("/welcome/team", ScreenHint.SignUp)]
    [InlineData("/welcomed", ScreenHint.SignIn)]
    [InlineData("/dashboard?next=/welcome", ScreenHint.SignIn)]
    public async Task A_sign_up_path_shows_the_sign_up_screen(string target, ScreenHint expected)
    {
        await _world.CheckAsync(Requests.Document(target));

        _world.Provider.SignIns.Single().ScreenHint.ShouldBe(expected);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("/a\u0001b")]
    [InlineData("/about#x")]
    [InlineData("/about\\..\\admin")]
    [InlineData("https://app.example.com/about")]
    public async Task A_target_that_no_upstream_should_see_is_refused_even_to_a_user(string target)
    {
        var denied = (await _world.CheckAsync(Requests.Document(target, _world.CookieOf(_world.NewSession())))).ShouldDeny(DecisionReason.BadRequest, 400);

        denied.SetCookies().ShouldBeEmpty();
        denied.Header("location").ShouldBeNull();
    }

    [Theory]
    [InlineData("/docs/..%2fadmin")]
    [InlineData("//docs/a")]
    [InlineData("//evil.example/docs/a")]
    [InlineData("/docs/../admin")]
    [InlineData("/callback?code=a")]
    public async Task A_path_that_servers_read_differently_or_that_is_ours_is_protected_and_no_return_path(string target)
    {
        await _world.CheckAsync(Requests.Document(target) with { Host = "other.example.com" });

        _world.Codec.UnsealState(_world.Provider.SignIns.Single().State)!.ReturnPathname.ShouldBe("/");
    }

    [Fact]
    public async Task Without_route_protection_everybody_goes_on()
    {
        var world = new World { Site = World.DefaultSite with { ProtectsRoutes = false } };

        (await world.CheckAsync(Requests.Document("/dashboard"))).ShouldAllow(DecisionReason.Public);
        (await world.CheckAsync(Requests.Document("/a\\b"))).ShouldDeny(DecisionReason.BadRequest, 400);
    }

    [Fact]
    public async Task An_authorization_header_keeps_even_a_public_answer_out_of_caches()
    {
        var allowed = await _world.CheckAsync(Requests.To("/about", ("authorization", "Bearer x")));

        allowed.Caching().ShouldBe("private");
        allowed.Header("vary").ShouldBe("Cookie, Authorization");
        allowed.ResponseHeaders.Single(header => header.Name is "vary").Added.ShouldBeTrue();
    }
}
