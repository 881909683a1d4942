using System.Collections.Frozen;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Tokens;

/// <summary>Registers the verification of tokens.</summary>
internal static class TokenServices
{
    /// <summary>Verifies what <paramref name="provider"/> issues, with its published keys.</summary>
    public static IServiceCollection AddTokenVerification(this IServiceCollection services, WorkOSSettings provider, JwksAges ages) => services
        .AddSingleton(new TokenRules { ClientId = provider.ClientId, Issuers = provider.Issuers.ToFrozenSet(StringComparer.Ordinal) })
        .AddSingleton(ages)
        .AddSingleton(container => new JwksClient(
            new HttpClient(WorkOSHttp.CreateHandler()),
            new Uri(WorkOSUrls.Jwks(provider.BaseUrl, provider.ClientId)),
            container.GetRequiredService<TimeProvider>()))
        .AddSingleton<KeyRingHolder>()
        .AddSingleton<JwksRefresher>()
        .AddSingleton<JwksCache>()
        .AddSingleton<IAccessTokenVerifier, AccessTokenVerifier>();
}
