using Envoy.Service.Auth.V3;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Service;

/// <summary>Two sites in one process, found by the host of a request.</summary>
public sealed class SitesOverGrpcTests
{
    private static readonly KeyValuePair<string, string?>[] TwoSites =
    [
        new("WORKOS_REDIRECT_URI", ""),
        new("ExtAuthz:Sites:app:RedirectUri", "https://app.example.com/callback"),
        new("ExtAuthz:Sites:app:Hosts:0", "api.example.com"),
        new("ExtAuthz:Sites:backoffice:RedirectUri", "https://backoffice.example.com/return"),
        new("ExtAuthz:Sites:backoffice:ClientId", "client_2"),
        new("ExtAuthz:Sites:backoffice:CookiePassword", "another-password-of-32-characters"),
        new("ExtAuthz:Sites:backoffice:IdentityHeaders:UserId", "x-staff-id"),
        new("ExtAuthz:Sites:backoffice:MiddlewareAuth:UnauthenticatedPaths:0", "/status"),
    ];

    [Fact]
    public async Task Each_host_has_its_own_rules_and_signs_in_at_its_own_client()
    {
        await using var world = await SignedInWorld.StartAsync(settings: TwoSites);

        var app = await AskAsync(world, "app.example.com", "/status");
        var backoffice = await AskAsync(world, "Backoffice.Example.com:443", "/dashboard");

        app.Browser("location")!.ShouldContain("client_id=client_1&");
        app.Browser("location")!.ShouldContain("redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback");
        backoffice.Browser("location")!.ShouldContain("client_id=client_2&");
        backoffice.Browser("location")!.ShouldContain("redirect_uri=https%3A%2F%2Fbackoffice.example.com%2Freturn");
        (await AskAsync(world, "backoffice.example.com", "/status")).IsAllowed().ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_of_one_site_is_none_at_the_other()
    {
        await using var world = await SignedInWorld.StartAsync(settings: TwoSites);
        var cookie = world.Cookie(new AccessTokenSpec());

        (await AskAsync(world, "app.example.com", "/dashboard", cookie)).Upstream("x-auth-user-id").ShouldBe(SignedInWorld.UserId);
        (await AskAsync(world, "api.example.com", "/v1", cookie)).IsAllowed().ShouldBeTrue("a further host of the same site");
        (await AskAsync(world, "backoffice.example.com", "/dashboard", cookie)).IsAllowed().ShouldBeFalse();
    }

    [Fact]
    public async Task Identity_headers_of_any_site_are_stripped_at_each()
    {
        await using var world = await SignedInWorld.StartAsync(settings: TwoSites);
        var request = CheckRequests.Get("/public");
        request.Attributes.Request.Http.Headers["x_staff_id"] = "mallory";

        var answer = await world.Service.CheckAsync(request);

        answer.OkResponse.HeadersToRemove.ShouldContain("x_staff_id");
        answer.OkResponse.HeadersToRemove.ShouldContain("x-staff-id");
    }

    [Theory]
    [InlineData("other.example.com")]
    [InlineData("app.example.com:8443")]
    [InlineData("app.example.com.")]
    [InlineData("xapp.example.com")]
    [InlineData("")]
    public async Task An_unknown_host_is_denied_even_where_the_path_is_public(string host)
    {
        await using var world = await SignedInWorld.StartAsync(settings: TwoSites);

        var answer = await AskAsync(world, host, "/public");

        ((int)answer.DeniedResponse.Status.Code).ShouldBe(421);
        answer.DeniedResponse.Body.ShouldContain("Reason: unknown_host");
        answer.Browser("location").ShouldBeNull();
    }

    private static Task<CheckResponse> AskAsync(SignedInWorld world, string host, string path, string? cookie = null)
    {
        var request = CheckRequests.Document(path, cookie);
        request.Attributes.Request.Http.Host = host;
        return world.Service.CheckAsync(request);
    }
}
