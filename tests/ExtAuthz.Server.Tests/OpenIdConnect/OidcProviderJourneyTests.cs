using ExtAuthz.Domain;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

/// <summary>The whole service against a provider that nobody here wrote: sign-in, refresh with rotation, new keys, sign-out.</summary>
public sealed class OidcProviderJourneyTests
{
    [Fact]
    public async Task A_user_signs_in_is_refreshed_through_a_change_of_keys_and_signs_out()
    {
        await using var world = await OidcWorld.StartAsync();

        var first = await world.SignInAsync();
        await ExpectUserAsync(world.Service, first);

        var second = await RefreshAsync(world.Service, world.Codec.Unseal(first)!);
        await ExpectUserAsync(world.Service, second.Sealed);

        await world.Provider.RotateKeysAsync();
        await world.FetchKeysAsync();
        var third = await RefreshAsync(world.Service, second.Session);
        third.Session.User!.Email.ShouldBe("ada@example.com");
        await ExpectUserAsync(world.Service, third.Sealed);

        var identity = world.Service.Services.GetRequiredService<IIdentityProvider>();
        identity.PromisedIssuer.ShouldBe(world.Provider.Issuer);
        var signOut = identity.SignOutUrl(new SignOutRequest(null, third.Session.IdToken, $"{OidcWorld.Origin}/about")).ShouldNotBeNull();
        (await world.Browser.LeaveAsync(signOut)).AbsoluteUri.ShouldBe($"{OidcWorld.Origin}/about");
        (await identity.RefreshAsync(new RefreshGrant(third.Session.RefreshToken, null), TestContext.Current.CancellationToken)).ShouldBe(new RefreshOutcome.Ended("invalid_grant"));
    }

    [Fact]
    public async Task A_sign_out_revokes_the_refresh_token_without_the_browser()
    {
        await using var world = await OidcWorld.StartAsync();
        var session = await world.SignInAsync();
        var request = CheckRequests.Document("/sign-out", $"wos-session={session.Value}");
        request.Attributes.Request.Http.Headers["sec-fetch-site"] = "same-origin";

        (await world.Service.CheckAsync(request)).Browser("location").ShouldNotBeNull().ShouldStartWith(world.Provider.Issuer);

        var identity = world.Service.Services.GetRequiredService<IIdentityProvider>();
        (await identity.RefreshAsync(new RefreshGrant(world.Codec.Unseal(session)!.RefreshToken, null), TestContext.Current.CancellationToken)).ShouldBe(new RefreshOutcome.Ended("invalid_grant"));
    }

    private static async Task ExpectUserAsync(RunningService service, SealedSession session)
    {
        var answer = await service.CheckAsync(CheckRequests.Document("/account", $"wos-session={session.Value}"));

        answer.IsAllowed().ShouldBeTrue();
        answer.Upstream("x-auth-user-id").ShouldBe("ada");
        answer.Upstream("x-auth-email").ShouldBe("ada@example.com");
        answer.Upstream("x-auth-role").ShouldBe("admin");
        answer.Upstream("x-auth-permissions").ShouldBe("pages:read");
    }

    private static async Task<RefreshResult.Renewed> RefreshAsync(RunningService service, Session session) =>
        (await service.Services.GetRequiredService<IRefreshCoordinator>().RefreshAsync(
            new RefreshGrant(session.RefreshToken, null) { Session = session }, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBeOfType<RefreshResult.Renewed>();
}
