using ExtAuthz.Domain;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Registers an OpenID Connect provider and the verification of its tokens.</summary>
internal static class OpenIdConnectServices
{
    public static IServiceCollection AddOpenIdConnect(this IServiceCollection services, OpenIdConnectSettings settings)
    {
        var client = OpenIdConnectHttp.CreateClient(OpenIdConnectHttp.CreateHandler(settings));
        return services
            .AddSingleton(settings)
            .AddSingleton<ClientCredentials>()
            .AddSingleton<IdTokens>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<Discovery>(provider, client))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<TokenEndpoint>(provider, client))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<RevocationEndpoint>(provider, client))
            .AddSingleton<ILogoutTokenVerifier, LogoutTokens>()
            .AddSingleton<IIdentityProvider, OpenIdConnectIdentityProvider>()
            .AddTokenVerification(settings.TokenRules, provider => KeySetClient(provider, client), new JwksAges());
    }

    /// <summary>Looks for the keys where discovery says, so that fetching keys keeps the metadata fresh as well.</summary>
    private static JwksClient KeySetClient(IServiceProvider provider, HttpClient client)
    {
        var discovery = provider.GetRequiredService<Discovery>();
        return new JwksClient(client, async cancellationToken => (await discovery.FindAsync(cancellationToken))?.KeySet, provider.GetRequiredService<TimeProvider>());
    }
}
