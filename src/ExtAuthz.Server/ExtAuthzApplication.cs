using System.Collections.Frozen;
using System.Diagnostics;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Steps;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.OpenIdConnect;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.Telemetry;
using ExtAuthz.Server.Tokens;
using ExtAuthz.Server.Transport;
using ExtAuthz.Server.WorkOS;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;

namespace ExtAuthz.Server;

/// <summary>Puts the service together. What is added with <c>TryAdd</c> is what tests replace.</summary>
internal static class ExtAuthzApplication
{
    /// <summary>How many verified sessions a generation remembers: some 10 KB each.</summary>
    private const int RememberedSessions = 10_000;

    /// <summary>How many used states a generation of ten minutes remembers: 32 bytes each.</summary>
    private const int RememberedStates = 100_000;

    /// <summary>How many ended sessions are remembered: some 200 bytes each.</summary>
    private const int RememberedSignOuts = 100_000;

    /// <summary>Adds the whole service.</summary>
    public static void AddExtAuthz(this WebApplicationBuilder builder, AuthkitSettings settings)
    {
        builder.Logging.AddFilter("ExtAuthz", settings.Debug ? LogLevel.Debug : LogLevel.Information);
        builder.WebHost.ConfigureKestrel(kestrel => GrpcEndpoint.Listen(kestrel, settings.Grpc));
        builder.Services
            .AddSingleton(settings)
            .AddEnvironment()
            .AddProvider(settings)
            .AddSessions(settings)
            .AddPipeline(settings)
            .AddTelemetry(builder.Configuration)
            .AddTransport(new TransportSettings { ShutdownDelay = settings.Grpc.ShutdownDelay })
            .AddSingleton<ICheckHandler, AuthorizationService>()
            .AddHostedService<Readiness>();
    }

    /// <summary>Answers Envoy's calls.</summary>
    public static void UseExtAuthz(this WebApplication application)
    {
        application.UseTransport();
        StartupSummary.Write(application.Logger, application.Services.GetRequiredService<AuthkitSettings>());
    }

    private static IServiceCollection AddEnvironment(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        return services;
    }

    private static IServiceCollection AddProvider(this IServiceCollection services, AuthkitSettings settings) => settings switch
    {
        { OpenIdConnect: { } openIdConnect } => services.AddOpenIdConnect(openIdConnect),
        { WorkOS: { } workOS } => services.AddWorkOS(workOS).AddTokens(workOS),
        _ => throw new UnreachableException(),
    };

    private static IServiceCollection AddWorkOS(this IServiceCollection services, WorkOSSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<AuthenticateEndpoint>(
            provider, WorkOSHttp.CreateClient(WorkOSHttp.CreateHandler(), settings)))
        .AddSingleton<IIdentityProvider, WorkOSIdentityProvider>();

    private static IServiceCollection AddSessions(this IServiceCollection services, AuthkitSettings settings) => services
        .AddSingleton(settings.Passwords)
        .AddSingleton<IronSeal>()
        .AddSingleton<ISessionCodec, IronSessionCodec>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<VerifiedSessions>(provider, RememberedSessions))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<SessionRetrieval>(provider, settings.Site.Cookie.Name, settings.Site.Cookie.Chunking))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<SessionSealer>(provider, settings.Site.Cookie))
        .AddSingleton<ISessionRevocation>(provider => ActivatorUtilities.CreateInstance<InProcessSessionRevocation>(provider, RememberedSignOuts))
        .AddSingleton(new RefreshBuffer(settings.Site.RefreshBuffer))
        .AddSingleton<SessionVerifier>();

    private static IServiceCollection AddTokens(this IServiceCollection services, WorkOSSettings settings) => services.AddTokenVerification(
        new TokenRules { ClientId = settings.ClientId, Issuers = settings.Issuers.ToFrozenSet(StringComparer.Ordinal) },
        new Uri(WorkOSUrls.Jwks(settings.BaseUrl, settings.ClientId)),
        new JwksAges());

    private static IServiceCollection AddPipeline(this IServiceCollection services, AuthkitSettings settings) => services
        .AddSingleton(settings.Site)
        .AddSingleton(new ReservedHeaders(settings.Site.IdentityHeaders.InUse))
        .AddSingleton<SessionHeaders>()
        .AddSingleton(provider => new RefreshExchange(provider.GetRequiredService<IIdentityProvider>(), provider.GetRequiredService<TimeProvider>(), settings.OpenIdConnect?.ReplayWindow))
        .AddSingleton<IRefreshCoordinator, InProcessRefreshCoordinator>()
        .AddSingleton<SignOut>()
        .AddSingleton<SignInStart>()
        .AddSingleton<SignInCallback>()
        .AddSingleton<PresentSession>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<UsedStates>(provider, RememberedStates))
        .AddSingleton<RequestInterception>()
        .AddSingleton<TokenValidation>()
        .AddSingleton<SessionRefresh>()
        .AddSingleton<AuthorizationCheck>()
        .AddSingleton<HeaderInjection>()
        .AddSingleton<ResponseHandling>()
        .AddSingleton<EndpointResponses>()
        .AddSingleton<CheckPipeline>();

    private static IServiceCollection AddTelemetry(this IServiceCollection services, ConfigurationManager configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(CheckMetrics.MeterName).AddOtlpExporter());
        }

        return services.AddMetrics().AddSingleton<CheckMetrics>().AddSingleton<CheckReport>();
    }
}
