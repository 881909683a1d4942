using System.Web;
using Envoy.Service.Auth.V3;
using ExtAuthz.Server.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExtAuthz.Server.Tests.Service;

/// <summary>Changes of the organisation with real seals, tokens and answers of the provider.</summary>
public sealed class SwitchOrganizationOverGrpcTests
{
    private const string Target = "/switch-organization?organization_id=org_2&return_to=/dashboard";

    [Fact]
    public async Task A_switch_brings_a_session_in_the_other_organisation()
    {
        var provider = new RotatingProvider();
        await using var world = await SignedInWorld.StartAsync(authenticate: provider.AnswerAsync);
        provider.Use(world);

        var answer = await world.Service.CheckAsync(CheckRequests.Own("POST", Target, world.Cookie(In("org_1"))));
        var next = await world.Service.CheckAsync(CheckRequests.Get("/protected", SessionOf(answer)));

        StatusOf(answer).ShouldBe(303);
        answer.Browser("location").ShouldBe("https://app.example.com/dashboard");
        next.Upstream("x-auth-org-id").ShouldBe("org_2");
        provider.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(404, """{"code":"entity_not_found","message":"none"}""")]
    [InlineData(400, """{"error":"invalid_grant","error_description":"no"}""")]
    public async Task A_refused_organisation_is_a_page_and_the_session_goes_on(int status, string body)
    {
        await using var world = await SignedInWorld.StartAsync(authenticate: Refuse(status, body));
        var cookie = world.Cookie(In("org_1"));

        var answer = await world.Service.CheckAsync(CheckRequests.Own("POST", Target, cookie));
        var next = await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie));

        StatusOf(answer).ShouldBe(403);
        answer.DeniedResponse.Body.ShouldContain("<a href=\"/dashboard\">");
        answer.SetCookies().ShouldBeEmpty();
        next.Upstream("x-auth-org-id").ShouldBe("org_1");
    }

    [Theory]
    [InlineData("sso_required")]
    [InlineData("mfa_enrollment")]
    public async Task Where_more_is_needed_a_sign_in_to_that_organisation_begins(string error)
    {
        await using var world = await SignedInWorld.StartAsync(authenticate: Refuse(403, $$"""{"error":"{{error}}","connection_ids":["conn_1"]}"""));

        var answer = await world.Service.CheckAsync(CheckRequests.Own("POST", Target, world.Cookie(In("org_1"))));

        var location = new Uri(answer.Browser("location")!);
        location.AbsolutePath.ShouldBe("/user_management/authorize");
        HttpUtility.ParseQueryString(location.Query)["organization_id"].ShouldBe("org_2");
        answer.SetCookies().ShouldHaveSingleItem().ShouldStartWith("wos-auth-verifier-");
    }

    [Fact]
    public async Task The_providers_own_address_comes_first()
    {
        await using var world = await SignedInWorld.StartAsync(authenticate: Refuse(403, """{"error":"sso_required","authkit_redirect_url":"https://auth.example.com/sso?org=org_2"}"""));

        var answer = await world.Service.CheckAsync(CheckRequests.Own("POST", Target, world.Cookie(In("org_1"))));

        StatusOf(answer).ShouldBe(303);
        answer.Browser("location").ShouldBe("https://auth.example.com/sso?org=org_2");
        answer.SetCookies().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_site_is_answered_with_a_question_and_the_provider_is_not_asked()
    {
        await using var world = await SignedInWorld.StartAsync();

        var answer = await world.Service.CheckAsync(CheckRequests.Document(Target, world.Cookie(In("org_1"))).Because("GET", "cross-site", origin: null));

        StatusOf(answer).ShouldBe(200);
        answer.DeniedResponse.Body.ShouldContain("<form method=\"post\" action=\"/switch-organization?organization_id=org_2&amp;return_to=/dashboard\">");
        answer.SetCookies().ShouldBeEmpty();
    }

    [Fact]
    public async Task During_a_refresh_no_answer_carries_the_other_organisation()
    {
        var provider = new RotatingProvider { Gate = new TaskCompletionSource() };
        await using var world = await SignedInWorld.StartAsync(authenticate: provider.AnswerAsync);
        provider.Use(world);
        var cookie = world.Cookie(In("org_1") with { ExpiresIn = -60 });

        var pages = Enumerable.Range(0, 10).Select(_ => world.Service.CheckAsync(CheckRequests.Get("/protected", cookie))).ToList();
        var switches = Enumerable.Range(0, 10).Select(_ => world.Service.CheckAsync(CheckRequests.Own("POST", Target, cookie))).ToList();
        pages.AddRange(Enumerable.Range(0, 10).Select(_ => world.Service.CheckAsync(CheckRequests.Get("/protected", cookie))));
        provider.Gate.SetResult();

        (await Task.WhenAll(pages)).ShouldAllBe(answer => answer.Upstream("x-auth-org-id") == "org_1");
        foreach (var answer in await Task.WhenAll(switches))
        {
            (await world.Service.CheckAsync(CheckRequests.Get("/protected", SessionOf(answer)))).Upstream("x-auth-org-id").ShouldBe("org_2");
        }

        (await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie))).Upstream("x-auth-org-id").ShouldBe("org_1", "a latecomer with the old cookie");
        provider.Calls.ShouldBe(2);
    }

    private static AccessTokenSpec In(string organization) => new() { OrganizationId = organization };

    private static RequestDelegate Refuse(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    };

    private static string SessionOf(CheckResponse answer) => answer.SetCookies().Single().Split(';')[0];

    private static int StatusOf(CheckResponse answer) => (int)answer.DeniedResponse.Status.Code;
}
