using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tests.Routes;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Our own endpoints: which request reaches them, and where a sign-in begins.</summary>
public sealed class SignInEndpointTests
{
    private readonly World _world = new() { Site = World.DefaultSite with { SignInPath = "/sign-in", SignUpPaths = Patterns.Set("/sign-in"), ReturnPathname = "/home" } };
    private readonly World _full = new()
    {
        Site = World.DefaultSite with { SignInPath = "/sign-in", SignUpPath = "/sign-up", SignOutPath = "/sign-out", SwitchOrganizationPath = "/switch-organization", SessionPath = "/.auth/session" },
    };

    [Theory]
    [InlineData("GET", "app.example.com")]
    [InlineData("HEAD", "APP.example.com")]
    [InlineData("GET", "app.example.com:443")]
    public async Task A_visit_begins_a_sign_in_that_ends_at_the_start(string method, string host)
    {
        var denied = (await _world.CheckAsync(Requests.Document("/sign-in") with { Method = method, Host = host })).ShouldDeny(DecisionReason.NotSignedIn, 307);

        var signIn = _world.Provider.SignIns[0];
        denied.Header("location").ShouldStartWith("https://auth.example.com/authorize?");
        denied.SetCookies().ShouldBe([Expected.FlowSet(signIn.State)]);
        _world.Codec.UnsealState(signIn.State)!.ReturnPathname.ShouldBe("/home");
        signIn.ScreenHint.ShouldBe(ScreenHint.SignUp);
    }

    [Fact]
    public async Task A_signed_in_user_may_sign_in_again_and_keeps_the_session_meanwhile() =>
        (await _world.CheckAsync(Requests.Document("/sign-in", _world.CookieOf(_world.NewSession())))).ShouldDeny(DecisionReason.NotSignedIn, 307)
            .SetCookies().ShouldHaveSingleItem().ShouldStartWith("wos-auth-verifier-");

    [Theory]
    [InlineData(ClientKind.Prefetch)]
    [InlineData(ClientKind.Script)]
    [InlineData(ClientKind.Grpc)]
    public async Task What_is_no_document_begins_no_sign_in(ClientKind kind)
    {
        var denied = (await _world.CheckAsync(Requests.Of(kind, "/sign-in"))).ShouldDeny(DecisionReason.NotSignedIn, 401);

        denied.Body.ShouldContain("\"login_url\":\"https://app.example.com/sign-in\"");
        _world.Provider.SignIns.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST", "/sign-in", "GET, HEAD")]
    [InlineData("OPTIONS", "/sign-in", "GET, HEAD")]
    [InlineData("POST", "/callback?code=a&state=b", "GET")]
    [InlineData("HEAD", "/callback?code=a&state=b", "GET")]
    [InlineData("get", "/callback?code=a&state=b", "GET")]
    public async Task Another_method_is_told_which_ones_there_are(string method, string target, string allowed)
    {
        var denied = (await _world.CheckAsync(Requests.Document(target) with { Method = method })).ShouldDeny(DecisionReason.BadRequest, 405);

        denied.Header("allow").ShouldBe(allowed);
        denied.Caching().ShouldBe("no-store");
        denied.SetCookies().ShouldBeEmpty();
        _world.Provider.Codes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/sign-in", ScreenHint.SignIn)]
    [InlineData("/sign-up", ScreenHint.SignUp)]
    public async Task What_the_visitor_asks_for_reaches_the_provider(string path, ScreenHint hint)
    {
        (await _full.CheckAsync(Requests.Document($"{path}?return_to=/dashboard%3Fa=b&organization_id=org_1&login_hint=ada%40example.com&prompt=login"))).ShouldDeny(DecisionReason.NotSignedIn, 307);

        var signIn = _full.Provider.SignIns.Single();
        (signIn.ScreenHint, signIn.OrganizationId, signIn.LoginHint, signIn.Prompt).ShouldBe((hint, "org_1", "ada@example.com", "login"));
        _full.Codec.UnsealState(signIn.State)!.ReturnPathname.ShouldBe("/dashboard?a=b");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/callback?code=a")]
    [InlineData("/sign-in")]
    [InlineData("/sign-up")]
    [InlineData("/sign-out")]
    [InlineData("/switch-organization?organization_id=org_2")]
    [InlineData("/.auth/session")]
    public async Task Neither_another_site_nor_an_endpoint_of_ours_is_a_return_path(string returnTo)
    {
        await _full.CheckAsync(Requests.Document($"/sign-in?return_to={Uri.EscapeDataString(returnTo)}"));

        _full.Codec.UnsealState(_full.Provider.SignIns.Single().State)!.ReturnPathname.ShouldBe("/");
    }

    [Theory]
    [InlineData("/sign-in?return_to=/a&return_to=/b")]
    [InlineData("/sign-up?prompt=everything")]
    [InlineData("/sign-out?return_to=/a&return_to=/b")]
    public async Task A_parameter_that_comes_twice_or_cannot_be_is_refused(string target)
    {
        (await _full.CheckAsync(Requests.Document(target))).ShouldDeny(DecisionReason.BadRequest, 400).SetCookies().ShouldBeEmpty();

        _full.Provider.SignIns.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/sign-up", "POST", "GET, HEAD")]
    [InlineData("/sign-out", "HEAD", "GET, POST")]
    [InlineData("/sign-out", "post", "GET, POST")]
    [InlineData("/switch-organization", "PUT", "GET, POST")]
    [InlineData("/.auth/session", "HEAD", "GET")]
    [InlineData("/.auth/session", "POST", "GET")]
    public async Task Each_endpoint_has_its_methods(string target, string method, string allowed) =>
        (await _full.CheckAsync(Requests.Document(target) with { Method = method })).ShouldDeny(DecisionReason.BadRequest, 405).Header("allow").ShouldBe(allowed);

    [Theory]
    [InlineData("/sign-up")]
    [InlineData("/sign-out")]
    [InlineData("/switch-organization")]
    [InlineData("/.auth/session")]
    public async Task An_endpoint_that_is_switched_off_or_of_another_host_is_a_page_like_any_other(string target)
    {
        (await _world.CheckAsync(Requests.Document(target))).Events.ShouldContain(new SessionEvent.SignInRequired(target));
        (await _full.CheckAsync(Requests.Document(target) with { Host = "evil.example.com" })).Events.ShouldContain(new SessionEvent.SignInRequired(target));
    }

    [Theory]
    [InlineData("/sign-in/", "app.example.com")]
    [InlineData("/Sign-in", "app.example.com")]
    [InlineData("/sign%2din", "app.example.com")]
    [InlineData("/sign-in", "evil.example.com")]
    [InlineData("/sign-in", "app.example.com.evil.example")]
    [InlineData("/sign-in", "app.example.com:8443")]
    [InlineData("/sign-in", "app.example.com:80")]
    [InlineData("/callback/", "app.example.com")]
    [InlineData("/callback", "evil.example.com")]
    public async Task Another_spelling_or_host_is_a_page_like_any_other(string target, string host)
    {
        var denied = (await _world.CheckAsync(Requests.Document(target) with { Host = host, Method = "POST" })).ShouldDeny(DecisionReason.NotSignedIn, 303);

        denied.Events.ShouldContain(new SessionEvent.SignInRequired(target));
    }

    [Theory]
    [InlineData("http://localhost:8080", "localhost:8080", 307)]
    [InlineData("http://localhost:8080", "localhost", 303)]
    [InlineData("http://app.example.com", "app.example.com:80", 307)]
    public async Task The_host_is_the_public_origins_with_or_without_its_default_port(string origin, string host, int status)
    {
        var world = new World { Site = World.DefaultSite with { PublicOrigin = origin, SignInPath = "/sign-in" } };
        var request = Requests.Document("/sign-in") with { Host = host };

        (await world.CheckAsync(status is 303 ? request with { Method = "POST" } : request)).ShouldDeny(DecisionReason.NotSignedIn, status);
    }

    [Fact]
    public async Task A_callback_left_to_the_upstream_is_open_for_every_method()
    {
        var world = new World { Site = World.DefaultSite with { HandlesCallback = false } };

        (await world.CheckAsync(Requests.Document("/callback?code=a") with { Method = "POST" })).ShouldAllow(DecisionReason.Public);
    }

    [Fact]
    public async Task No_forwarded_header_moves_the_redirect()
    {
        var request = Requests.To("/dashboard", ("accept", "text/html"), ("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "http"), ("forwarded", "host=evil.example"));

        var denied = (await _world.CheckAsync(request with { Host = "evil.example" })).ShouldDeny(DecisionReason.NotSignedIn, 307);

        denied.ResponseHeaders.ShouldAllBe(header => !header.Value.Contains("evil", StringComparison.Ordinal));
    }
}
