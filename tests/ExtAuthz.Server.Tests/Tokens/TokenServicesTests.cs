using System.Net;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>The registered services against a real server on the loopback.</summary>
public sealed class TokenServicesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_keys_are_fetched_from_the_configured_address()
    {
        await using var provider = await StartAsync();
        await using var services = Services(provider, "/good");

        await services.GetRequiredService<JwksCache>().WarmAsync(Stop);

        services.GetRequiredService<JwksCache>().Keys.ShouldNotBeNull();
        services.GetRequiredService<IAccessTokenVerifier>().KeyGeneration.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_to_good_keys_is_not_followed()
    {
        await using var provider = await StartAsync();
        await using var services = Services(provider, "/moved");

        await services.GetRequiredService<JwksCache>().WarmAsync(Stop);

        services.GetRequiredService<JwksCache>().Keys.ShouldBeNull();
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var provider = builder.Build();
        provider.MapGet("/good", () => Results.Bytes(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1")), "application/json"));
        provider.MapGet("/moved", () => Results.Redirect("/good"));
        await provider.StartAsync(Stop);
        return provider;
    }

    private static ServiceProvider Services(WebApplication provider, string path) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IRandomSource, SystemRandomSource>()
        .AddTokenVerification(KeyWorld.Rules, new Uri(provider.Urls.Single() + path), new JwksAges())
        .BuildServiceProvider();
}
