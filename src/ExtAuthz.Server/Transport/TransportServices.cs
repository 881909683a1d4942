using ExtAuthz.Server.Transport.Health;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExtAuthz.Server.Transport;

/// <summary>
/// Puts the transport into a host. The caller registers <see cref="ICheckHandler"/> and <c>ReservedHeaders</c>, gives
/// <see cref="KestrelSettings.ServeGrpc"/> to the endpoints that Envoy calls, and calls <c>UseTransport</c> on the application.
/// </summary>
internal static class TransportServices
{
    /// <summary>Adds what both gRPC stacks share, and then the stack that was built in (<c>-p:GrpcStack</c>).</summary>
    public static IServiceCollection AddTransport(this IServiceCollection services, TransportSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<CheckRequestReader>();
        services.AddSingleton<CheckCall>();
        services.AddSingleton<HealthStatus>();
        services.AddSingleton<HealthService>();
        services.AddHostedService<GracefulShutdown>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownDelay + settings.ShutdownGrace);
        services.Configure<KestrelServerOptions>(KestrelSettings.Limit);
        return services.AddGrpcStack();
    }
}
