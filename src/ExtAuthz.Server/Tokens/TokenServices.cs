using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Tokens;

/// <summary>Registers the verification of tokens.</summary>
internal static class TokenServices
{
    /// <summary>Verifies by <paramref name="rules"/> with the keys at <paramref name="keySet"/>.</summary>
    public static IServiceCollection AddTokenVerification(this IServiceCollection services, TokenRules rules, Uri keySet, JwksAges ages) => services
        .AddSingleton(rules)
        .AddSingleton(ages)
        .AddSingleton(provider => new JwksClient(new HttpClient(WorkOSHttp.CreateHandler()), keySet, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<KeyRingHolder>()
        .AddSingleton<JwksRefresher>()
        .AddSingleton<JwksCache>()
        .AddSingleton<IAccessTokenVerifier, AccessTokenVerifier>();
}
