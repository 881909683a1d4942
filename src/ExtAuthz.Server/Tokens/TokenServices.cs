using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.WorkOS;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExtAuthz.Server.Tokens;

/// <summary>Registers the verification of tokens.</summary>
internal static class TokenServices
{
    /// <summary>Verifies by <paramref name="rules"/> with the keys at <paramref name="keySet"/>.</summary>
    public static IServiceCollection AddTokenVerification(this IServiceCollection services, TokenRules rules, Uri keySet, JwksAges ages) => services.AddTokenVerification(
        rules,
        provider => new JwksClient(new HttpClient(WorkOSHttp.CreateHandler()), keySet, provider.GetRequiredService<TimeProvider>()),
        ages);

    /// <summary>Verifies by <paramref name="rules"/> with the keys that <paramref name="client"/> fetches.</summary>
    public static IServiceCollection AddTokenVerification(this IServiceCollection services, TokenRules rules, Func<IServiceProvider, JwksClient> client, JwksAges ages)
    {
        services.TryAddSingleton<IKeySetSource>(provider => provider.GetRequiredService<JwksClient>()); // unless replicas share it
        return services
            .AddSingleton(rules)
            .AddSingleton(ages)
            .AddSingleton(client)
            .AddSingleton<KeyRingHolder>()
            .AddSingleton<JwksRefresher>()
            .AddSingleton<JwksCache>()
            .AddSingleton<IAccessTokenVerifier, AccessTokenVerifier>();
    }
}
