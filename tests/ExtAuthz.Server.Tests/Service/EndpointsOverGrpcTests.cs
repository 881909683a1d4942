using System.Text.Json;
using System.Web;
using Envoy.Service.Auth.V3;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.Service;

/// <summary>Sign-up, session status, and what all our endpoints refuse.</summary>
public sealed class EndpointsOverGrpcTests
{
    [Fact]
    public async Task A_sign_up_shows_that_screen_first_and_comes_back()
    {
        await using var world = await SignedInWorld.StartAsync();

        var answer = await world.Service.CheckAsync(CheckRequests.Document("/sign-up?return_to=/welcome%3Fa=b&organization_id=org_1&login_hint=ada%40example.com&prompt=login"));

        StatusOf(answer).ShouldBe(307);
        var query = HttpUtility.ParseQueryString(new Uri(answer.Browser("location")!).Query);
        (query["screen_hint"], query["organization_id"], query["login_hint"], query["prompt"]).ShouldBe(("sign-up", "org_1", "ada@example.com", "login"));
        world.Service.Services.GetRequiredService<ISessionCodec>().UnsealState(new SealedState(query["state"]!))!.ReturnPathname.ShouldBe("/welcome?a=b");
        answer.SetCookies().ShouldHaveSingleItem().ShouldContain(query["state"]!);
    }

    [Fact]
    public async Task A_script_reads_who_is_signed_in_and_no_token()
    {
        await using var world = await SignedInWorld.StartAsync();
        var cookie = world.Cookie(new AccessTokenSpec { OrganizationId = "org_1", Role = "admin", Permissions = ["read"] }, "rt_secret");

        var answer = await world.Service.CheckAsync(CheckRequests.Get("/.auth/session", cookie));

        StatusOf(answer).ShouldBe(200);
        answer.Browser("content-type").ShouldBe("application/json");
        answer.Browser("cache-control")!.ShouldContain("no-store");
        var told = JsonDocument.Parse(answer.DeniedResponse.Body).RootElement;
        told.GetProperty("user").GetProperty("id").GetString().ShouldBe(SignedInWorld.UserId);
        told.GetProperty("organization_id").GetString().ShouldBe("org_1");
        told.GetProperty("role").GetString().ShouldBe("admin");
        told.GetProperty("permissions").GetRawText().ShouldBe("""["read"]""");
        foreach (var secret in new[] { "eyJ", "rt_secret", "Fe26.2" })
        {
            answer.DeniedResponse.Body.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task A_script_of_a_stranger_is_told_where_to_sign_in()
    {
        await using var world = await SignedInWorld.StartAsync();

        var answer = await world.Service.CheckAsync(CheckRequests.Get("/.auth/session"));

        StatusOf(answer).ShouldBe(401);
        answer.DeniedResponse.Body.ShouldBe("""{"error":"unauthenticated","reason":"not_signed_in","login_url":"https://app.example.com/sign-in"}""");
        answer.SetCookies().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST", "/callback", "GET")]
    [InlineData("POST", "/sign-in", "GET, HEAD")]
    [InlineData("POST", "/sign-up", "GET, HEAD")]
    [InlineData("PUT", "/sign-out", "GET, POST")]
    [InlineData("DELETE", "/switch-organization", "GET, POST")]
    [InlineData("POST", "/.auth/session", "GET")]
    public async Task Another_method_is_405_and_changes_nothing(string method, string path, string allowed)
    {
        await using var world = await SignedInWorld.StartAsync();
        var cookie = world.Cookie(new AccessTokenSpec());

        var answer = await world.Service.CheckAsync(CheckRequests.Own(method, path, cookie));

        StatusOf(answer).ShouldBe(405);
        answer.Browser("allow").ShouldBe(allowed);
        answer.SetCookies().ShouldBeEmpty();
        (await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie))).IsAllowed().ShouldBeTrue();
    }

    [Theory]
    [InlineData("GET", "/sign-in?return_to=/a&return_to=/b")]
    [InlineData("GET", "/sign-up?login_hint=a&login_hint=b")]
    [InlineData("GET", "/sign-in?organization_id=org_1&organization_id=org_1")]
    [InlineData("GET", "/sign-in?prompt=login&prompt=none")]
    [InlineData("POST", "/sign-out?return_to=/a&return_to=/b")]
    [InlineData("POST", "/switch-organization?organization_id=org_1&organization_id=org_2")]
    [InlineData("GET", "/callback?code=a&code=b&state=c")]
    [InlineData("GET", "/callback?code=a&state=b&state=c")]
    [InlineData("GET", "/callback?error=a&error=b&state=c")]
    [InlineData("GET", "/callback?code=a&state=b&iss=c&iss=d")]
    public async Task A_parameter_that_comes_twice_is_400_and_the_provider_is_not_asked(string method, string target)
    {
        await using var world = await SignedInWorld.StartAsync();
        var cookie = world.Cookie(new AccessTokenSpec());

        var answer = await world.Service.CheckAsync(CheckRequests.Own(method, target, cookie));

        StatusOf(answer).ShouldBe(400);
        answer.SetCookies().ShouldNotContain(value => value.StartsWith("wos-session=", StringComparison.Ordinal));
        (await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie))).IsAllowed().ShouldBeTrue();
    }

    private static int StatusOf(CheckResponse answer) => (int)answer.DeniedResponse.Status.Code;
}
