using Envoy.Service.Auth.V3;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.Service;

/// <summary>Sign-ins with real seals; the provider is not asked for tokens, or the test fails.</summary>
public sealed class SignInOverGrpcTests
{
    [Fact]
    public async Task A_browser_without_cookies_is_sent_round_once_and_then_told()
    {
        await using var world = await SignedInWorld.StartAsync();
        var first = await world.Service.CheckAsync(CheckRequests.Document("/dashboard?tab=2"));

        var second = await ReturnAsync(world, first);
        var third = await ReturnAsync(world, second);

        ((int)second.DeniedResponse.Status.Code).ShouldBe(307);
        Open(world, second).ShouldNotBeNull().ReturnPathname.ShouldBe("/dashboard?tab=2");
        ((int)third.DeniedResponse.Status.Code).ShouldBe(400);
        third.DeniedResponse.Body.ShouldContain("Reason: cookies_blocked");
    }

    [Fact]
    public async Task A_return_path_that_makes_the_cookie_too_large_is_dropped()
    {
        await using var world = await SignedInWorld.StartAsync();
        var kept = await world.Service.CheckAsync(CheckRequests.Document("/dashboard?" + new string('x', 2000)));
        var dropped = await world.Service.CheckAsync(CheckRequests.Document("/dashboard?" + new string('"', 2000)));

        Open(world, kept).ShouldNotBeNull().ReturnPathname!.Length.ShouldBe(2011);
        Open(world, dropped).ShouldNotBeNull().ReturnPathname.ShouldBe("/");
        kept.SetCookies().Concat(dropped.SetCookies()).ShouldAllBe(cookie => cookie.Length <= 4096);
    }

    private static Task<CheckResponse> ReturnAsync(SignedInWorld world, CheckResponse redirect) =>
        world.Service.CheckAsync(CheckRequests.Document($"/callback?code=c&state={Uri.EscapeDataString(State(redirect))}"));

    private static string State(CheckResponse redirect) =>
        System.Web.HttpUtility.ParseQueryString(new Uri(redirect.Browser("location")!).Query)["state"]!; // every such redirect has one

    private static SignInState? Open(SignedInWorld world, CheckResponse redirect) =>
        world.Service.Services.GetRequiredService<ISessionCodec>().UnsealState(new SealedState(State(redirect)));
}
