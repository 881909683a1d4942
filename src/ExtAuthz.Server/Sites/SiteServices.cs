using System.Collections.Frozen;
using System.Diagnostics;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Steps;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.OpenIdConnect;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.Tokens;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Sites;

/// <summary>Puts one site together: everything that knows its provider, its passwords or its rules.</summary>
internal static class SiteServices
{
    /// <summary>How many verified sessions a generation remembers: some 10 KB each.</summary>
    private const int RememberedSessions = 10_000;

    /// <summary>How many used states a generation of ten minutes remembers: 32 bytes each.</summary>
    private const int RememberedStates = 100_000;

    /// <summary>How many logout tokens a generation of eleven minutes remembers: 32 bytes each.</summary>
    private const int RememberedLogoutTokens = 100_000;

    /// <summary>How many ended sessions are remembered: some 200 bytes each.</summary>
    private const int RememberedSignOuts = 100_000;

    /// <summary>Adds the services of a site.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="settings">The site.</param>
    /// <param name="shared">What all sites of the process share.</param>
    public static IServiceCollection AddSite(this IServiceCollection services, SiteSettings settings, IServiceProvider shared) => services
        .AddSingleton(shared.GetRequiredService<TimeProvider>())
        .AddSingleton(shared.GetRequiredService<IRandomSource>())
        .AddSingleton(shared.GetRequiredService<ReservedHeaders>())
        .AddSingleton(shared.GetRequiredService<ILoggerFactory>())
        .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddRecords(settings, shared)
        .AddProvider(settings)
        .AddSessions(settings)
        .AddPipeline(settings);

    private static IServiceCollection AddRecords(this IServiceCollection services, SiteSettings settings, IServiceProvider shared) => shared.GetService<RedisSettings>() is { } redis
        ? services.AddSharedRecords(settings, redis, shared)
        : services
            .AddSingleton<IRefreshRecords, InProcessRefreshRecords>()
            .AddSingleton<ISessionRevocation>(provider => ActivatorUtilities.CreateInstance<InProcessSessionRevocation>(provider, RememberedSignOuts));

    private static IServiceCollection AddProvider(this IServiceCollection services, SiteSettings settings) => settings switch
    {
        { OpenIdConnect: { } openIdConnect } => services.AddOpenIdConnect(openIdConnect),
        { WorkOS: { } workOS } => services.AddWorkOS(workOS).AddTokens(workOS),
        _ => throw new UnreachableException(),
    };

    private static IServiceCollection AddWorkOS(this IServiceCollection services, WorkOSSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<AuthenticateEndpoint>(
            provider, WorkOSHttp.CreateClient(WorkOSHttp.CreateHandler(), settings)))
        .AddSingleton<ILogoutTokenVerifier, NoLogoutTokens>()
        .AddSingleton<IIdentityProvider, WorkOSIdentityProvider>();

    private static IServiceCollection AddTokens(this IServiceCollection services, WorkOSSettings settings) => services.AddTokenVerification(
        new TokenRules { ClientId = settings.ClientId, Issuers = settings.Issuers.ToFrozenSet(StringComparer.Ordinal) },
        new Uri(WorkOSUrls.Jwks(settings.BaseUrl, settings.ClientId)),
        new JwksAges());

    private static IServiceCollection AddSessions(this IServiceCollection services, SiteSettings settings) => services
        .AddSingleton(settings.Passwords)
        .AddSingleton<IronSeal>()
        .AddSingleton<ISessionCodec, IronSessionCodec>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<VerifiedSessions>(provider, RememberedSessions))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<SessionRetrieval>(provider, settings.Site.Cookie.Name, settings.Site.Cookie.Chunking))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<SessionSealer>(provider, settings.Site.Cookie))
        .AddSingleton(new RefreshBuffer(settings.Site.RefreshBuffer))
        .AddSingleton<SessionVerifier>();

    private static IServiceCollection AddPipeline(this IServiceCollection services, SiteSettings settings) => services
        .AddSingleton(settings.Site)
        .AddSingleton<SessionHeaders>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<RefreshExchange>(provider, settings.ReplayWindow))
        .AddSingleton(settings.RecordLife)
        .AddSingleton<IRefreshCoordinator, RefreshCoordinator>()
        .AddSingleton<SignOut>()
        .AddSingleton<SignInStart>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<SignInCallback>(provider, UsedOnce(provider, "state", SignInStart.Lifetime, RememberedStates)))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<BackChannelLogout>(provider, UsedOnce(provider, "logout token", BackChannelLogout.Memory, RememberedLogoutTokens)))
        .AddSingleton<FrontChannelLogout>()
        .AddSingleton<LogoutResponses>()
        .AddSingleton<PresentSession>()
        .AddSingleton<RequestInterception>()
        .AddSingleton<TokenValidation>()
        .AddSingleton<SessionRefresh>()
        .AddSingleton<AuthorizationCheck>()
        .AddSingleton<HeaderInjection>()
        .AddSingleton<ResponseHandling>()
        .AddSingleton<EndpointResponses>()
        .AddSingleton<CheckPipeline>();

    private static IUsedOnce UsedOnce(IServiceProvider provider, string kind, TimeSpan lifetime, int capacity)
    {
        var own = new UsedOnce(provider.GetRequiredService<TimeProvider>(), lifetime, capacity);
        return provider.GetService<RedisSettings>() is null ? own : ActivatorUtilities.CreateInstance<RedisUsedOnce>(provider, own, kind, lifetime);
    }
}
