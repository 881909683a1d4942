using ExtAuthz.Domain.Sessions;
using ExtAuthz.Server.Tests.Hosting;
using ExtAuthz.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

/// <summary>A service that trusts the certified npm provider, and a browser at both.</summary>
internal sealed class OidcWorld : IAsyncDisposable
{
    public const string Origin = "https://app.example.com";

    private OidcWorld(OidcProvider provider, RunningService service) => (Provider, Service, Browser) = (provider, service, new FormBrowser(provider.Issuer));

    public OidcProvider Provider { get; }

    public RunningService Service { get; }

    public FormBrowser Browser { get; }

    public ISessionCodec Codec => Service.Services.GetRequiredService<ISessionCodec>();

    public static async Task<OidcWorld> StartAsync(string? logoutUri = null, bool namesSession = true)
    {
        var provider = await OidcProvider.StartAsync($"{Origin}/callback", logoutUri, namesSession);
        var world = new OidcWorld(provider, await RunningService.StartAsync(Settings(provider)));
        await world.FetchKeysAsync();
        return world;
    }

    /// <summary>Fetches the keys, and the metadata if they are not known; a busy machine may need several attempts.</summary>
    public async Task FetchKeysAsync()
    {
        var keys = Service.Services.GetRequiredService<JwksCache>();
        do
        {
            await keys.WarmAsync(TestContext.Current.CancellationToken);
        }
        while (keys.Keys is null);
    }

    public async Task<SealedSession> SignInAsync()
    {
        var start = await Service.CheckAsync(CheckRequests.Document("/account?tab=1"));
        var callback = await Browser.LeaveAsync(start.Browser("location").ShouldNotBeNull());
        callback.AbsoluteUri.ShouldStartWith($"{Origin}/callback?");
        var end = await Service.CheckAsync(CheckRequests.Document(callback.PathAndQuery, start.SetCookies().Single().Split(';')[0]));

        end.Browser("location").ShouldBe($"{Origin}/account?tab=1");
        return new SealedSession(end.SetCookies().Single(cookie => cookie.StartsWith("wos-session=", StringComparison.Ordinal)).Split(';')[0]["wos-session=".Length..]);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Service.DisposeAsync();
        await Provider.DisposeAsync();
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
}
