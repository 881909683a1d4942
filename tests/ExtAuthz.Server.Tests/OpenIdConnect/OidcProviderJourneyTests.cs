using ExtAuthz.Domain;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Tests.Hosting;
using ExtAuthz.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

/// <summary>The whole service against a provider that nobody here wrote: sign-in, refresh with rotation, new keys, sign-out.</summary>
public sealed class OidcProviderJourneyTests
{
    private const string Origin = "https://app.example.com";

    [Fact]
    public async Task A_user_signs_in_is_refreshed_through_a_change_of_keys_and_signs_out()
    {
        await using var provider = await OidcProvider.StartAsync($"{Origin}/callback");
        using var browser = new FormBrowser(provider.Issuer);
        await using var service = await RunningService.StartAsync(Settings(provider));
        var keys = service.Services.GetRequiredService<JwksCache>();
        await FetchAsync(keys);
        var codec = service.Services.GetRequiredService<ISessionCodec>();

        var first = await SignInAsync(service, browser);
        await ExpectUserAsync(service, first);

        var second = await RefreshAsync(service, codec.Unseal(first)!);
        await ExpectUserAsync(service, second.Sealed);

        await provider.RotateKeysAsync();
        await FetchAsync(keys);
        var third = await RefreshAsync(service, second.Session);
        third.Session.User!.Email.ShouldBe("ada@example.com");
        await ExpectUserAsync(service, third.Sealed);

        var identity = service.Services.GetRequiredService<IIdentityProvider>();
        identity.PromisedIssuer.ShouldBe(provider.Issuer);
        var signOut = identity.SignOutUrl(new SignOutRequest(null, third.Session.IdToken, $"{Origin}/about")).ShouldNotBeNull();
        (await browser.LeaveAsync(signOut)).AbsoluteUri.ShouldBe($"{Origin}/about");
        (await identity.RefreshAsync(new RefreshGrant(third.Session.RefreshToken, null), TestContext.Current.CancellationToken)).ShouldBe(new RefreshOutcome.Ended("invalid_grant"));
    }

    private static Dictionary<string, string?> Settings(OidcProvider provider) => new(StringComparer.Ordinal)
    {
        ["ExtAuthz:Provider"] = "OpenIdConnect",
        ["ExtAuthz:CookiePassword"] = "a-cookie-password-of-this-test-only",
        ["ExtAuthz:RedirectUri"] = $"{Origin}/callback",
        ["ExtAuthz:OpenIdConnect:Issuer"] = provider.Issuer,
        ["ExtAuthz:OpenIdConnect:ClientId"] = OidcProvider.ClientId,
        ["ExtAuthz:OpenIdConnect:ClientSecret"] = OidcProvider.ClientSecret,
        ["ExtAuthz:OpenIdConnect:Audience"] = OidcProvider.Audience,
    };

    /// <summary>Fetches the keys, and the metadata if they are not known; a busy machine may need several attempts.</summary>
    private static async Task FetchAsync(JwksCache keys)
    {
        do
        {
            await keys.WarmAsync(TestContext.Current.CancellationToken);
        }
        while (keys.Keys is null);
    }

    private static async Task<SealedSession> SignInAsync(RunningService service, FormBrowser browser)
    {
        var start = await service.CheckAsync(CheckRequests.Document("/account?tab=1"));
        var callback = await browser.LeaveAsync(start.Browser("location").ShouldNotBeNull());
        callback.AbsoluteUri.ShouldStartWith($"{Origin}/callback?");
        var end = await service.CheckAsync(CheckRequests.Document(callback.PathAndQuery, start.SetCookies().Single().Split(';')[0]));

        end.Browser("location").ShouldBe($"{Origin}/account?tab=1");
        return new SealedSession(end.SetCookies().Single(cookie => cookie.StartsWith("wos-session=", StringComparison.Ordinal)).Split(';')[0]["wos-session=".Length..]);
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
