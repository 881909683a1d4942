using Envoy.Service.Auth.V3;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Service;

/// <summary>Signing out with real seals and a real memory of verified sessions; the provider is not asked for tokens, or the test fails.</summary>
public sealed class SignOutOverGrpcTests
{
    private const string Origin = "https://app.example.com";

    [Fact]
    public async Task A_signed_out_session_is_refused_even_when_it_was_just_verified()
    {
        await using var world = await SignedInWorld.StartAsync();
        var cookie = world.Cookie(new AccessTokenSpec());
        (await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie))).IsAllowed().ShouldBeTrue();

        var signedOut = await world.Service.CheckAsync(CheckRequests.Own("POST", "/sign-out?return_to=/bye", cookie));
        var again = await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie));
        var publicly = await world.Service.CheckAsync(CheckRequests.Get("/public", cookie));

        StatusOf(signedOut).ShouldBe(303);
        new Uri(signedOut.Browser("location")!).PathAndQuery.ShouldBe("/user_management/sessions/logout?session_id=session_1&return_to=https%3A%2F%2Fapp.example.com%2Fbye");
        StatusOf(again).ShouldBe(401);
        again.SetCookies().ShouldHaveSingleItem().ShouldStartWith("wos-session=; ");
        publicly.IsAllowed().ShouldBeTrue();
        publicly.Upstream("x-auth-user-id").ShouldBeNull();
        publicly.Upstream("x-workos-session").ShouldBeNull();
    }

    [Fact]
    public async Task An_expired_session_ends_too_and_is_never_refreshed()
    {
        await using var world = await SignedInWorld.StartAsync();
        var cookie = world.Cookie(new AccessTokenSpec { ExpiresIn = -60 });

        var signedOut = await world.Service.CheckAsync(CheckRequests.Own("POST", "/sign-out", cookie));
        var again = await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie));

        signedOut.Browser("location")!.ShouldContain("session_id=session_1&");
        StatusOf(again).ShouldBe(401);
    }

    [Fact]
    public async Task A_refresh_under_way_does_not_bring_the_session_back()
    {
        var provider = new RotatingProvider { Gate = new TaskCompletionSource() };
        await using var world = await SignedInWorld.StartAsync(authenticate: provider.AnswerAsync);
        provider.Use(world);
        var cookie = world.Cookie(new AccessTokenSpec { ExpiresIn = -60 });
        var refreshing = world.Service.CheckAsync(CheckRequests.Get("/protected", cookie));
        await provider.Called;

        await world.Service.CheckAsync(CheckRequests.Own("POST", "/sign-out", cookie));
        provider.Gate.SetResult();

        StatusOf(await refreshing).ShouldBe(401);
        (await refreshing).SetCookies().ShouldHaveSingleItem().ShouldStartWith("wos-session=; ");
    }

    [Fact]
    public async Task Every_spelling_and_chunk_of_our_cookies_goes()
    {
        await using var world = await SignedInWorld.StartAsync(settings: [new("WORKOS_COOKIE_DOMAIN", "example.com"), new("ExtAuthz:EagerAuth", "true")]);
        var seal = world.Cookie(new AccessTokenSpec())["wos-session=".Length..];

        var answer = await world.Service.CheckAsync(CheckRequests.Own(
            "POST", "/sign-out", $"wos-session.0={seal[..300]}; wos-session.1={seal[300..]}; wos-auth-verifier-1=a; wos-auth-verifier=b; wos-auth-returns=1; other=c"));

        answer.Browser("location")!.ShouldContain("session_id=session_1&");
        answer.SetCookies().ShouldAllBe(cookie => cookie.Contains("Max-Age=0", StringComparison.Ordinal));
        answer.SetCookies().Select(cookie => (cookie.Split('=')[0], cookie.Contains("Domain=example.com", StringComparison.Ordinal))).ShouldBe(
            [
                ("wos-session", true), ("wos-session.0", true), ("wos-session.1", true),
                ("wos-session", false), ("wos-session.0", false), ("wos-session.1", false),
                ("workos-access-token", false), ("wos-auth-verifier-1", true), ("wos-auth-verifier", true), ("wos-auth-returns", true),
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("POST", "same-origin", Origin, true)]
    [InlineData("POST", null, Origin, true)]
    [InlineData("POST", "same-site", "https://blog.example.com", false)]
    [InlineData("POST", "cross-site", "https://evil.example", false)]
    [InlineData("POST", null, null, false)]
    [InlineData("GET", "same-origin", null, true)]
    [InlineData("GET", "none", null, true)]
    [InlineData("GET", "cross-site", null, false)]
    public async Task Another_site_signs_nobody_out(string method, string? fetchSite, string? origin, bool isAdmitted)
    {
        await using var world = await SignedInWorld.StartAsync();
        var cookie = world.Cookie(new AccessTokenSpec());

        var answer = await world.Service.CheckAsync(CheckRequests.Document("/sign-out", cookie).Because(method, fetchSite, origin));
        var after = await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie));

        after.IsAllowed().ShouldBe(!isAdmitted);
        if (!isAdmitted)
        {
            StatusOf(answer).ShouldBe(method is "GET" ? 200 : 403);
            answer.SetCookies().ShouldBeEmpty();
            answer.DeniedResponse.Body.ShouldContain("<form method=\"post\" action=\"/sign-out\">");
            return;
        }

        StatusOf(answer).ShouldBe(303);
    }

    private static int StatusOf(CheckResponse answer) => (int)answer.DeniedResponse.Status.Code;
}
