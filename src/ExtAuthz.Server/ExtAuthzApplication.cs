using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sites;
using ExtAuthz.Server.Telemetry;
using ExtAuthz.Server.Transport;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;

namespace ExtAuthz.Server;

/// <summary>Puts the service together: what all sites share, and the sites. What is added with <c>TryAdd</c> is what tests replace.</summary>
internal static class ExtAuthzApplication
{
    /// <summary>Adds the whole service.</summary>
    /// <param name="builder">The host to be.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="replaceInSites">Parts that a test puts in place of a site's own.</param>
    public static void AddExtAuthz(this WebApplicationBuilder builder, AuthkitSettings settings, Action<IServiceCollection>? replaceInSites = null)
    {
        builder.Logging.AddFilter("ExtAuthz", settings.Debug ? LogLevel.Debug : LogLevel.Information);
        builder.WebHost.ConfigureKestrel(kestrel => GrpcEndpoint.Listen(kestrel, settings.Grpc));
        builder.WebHost.ConfigureKestrel(kestrel => OperationsEndpoint.Listen(kestrel, settings.Operations));
        builder.Services
            .AddSingleton(settings)
            .AddEnvironment()
            .AddTelemetry(builder.Configuration)
            .AddTransport(new TransportSettings { ShutdownDelay = settings.Grpc.ShutdownDelay })
            .AddRedis(settings.Redis)
            .AddSingleton(new ReservedHeaders(settings.Sites.SelectMany(site => site.Site.IdentityHeaders.InUse)))
            .AddSingleton(shared => new SiteDirectory(settings, shared, replaceInSites))
            .AddSingleton<ICheckHandler, AuthorizationService>()
            .AddOperations(settings.Operations)
            .AddHostedService<Readiness>();
    }

    /// <summary>Answers Envoy's calls, and what comes to the operations port.</summary>
    public static void UseExtAuthz(this WebApplication application)
    {
        application.UseOperations();
        application.UseTransport();
        StartupSummary.Write(application.Logger, application.Services.GetRequiredService<AuthkitSettings>());
    }

    private static IServiceCollection AddEnvironment(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        return services;
    }

    private static IServiceCollection AddRedis(this IServiceCollection services, RedisSettings? settings) => settings is null ? services : services
        .AddSingleton(settings)
        .AddSingleton<RedisConnection>()
        .AddHostedService(provider => provider.GetRequiredService<RedisConnection>());

    private static IServiceCollection AddTelemetry(this IServiceCollection services, ConfigurationManager configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(CheckMetrics.MeterName).AddOtlpExporter());
        }

        return services.AddMetrics().AddSingleton<CheckMetrics>().AddSingleton<CheckReport>();
    }
}
