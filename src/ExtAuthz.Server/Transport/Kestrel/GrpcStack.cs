namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary>The default stack: gRPC straight on Kestrel's HTTP/2.</summary>
internal static class GrpcStack
{
    public static IServiceCollection AddGrpcStack(this IServiceCollection services) => services
        .AddSingleton<IGrpcMethod, CheckMethod>()
        .AddSingleton<IGrpcMethod, HealthCheckMethod>()
        .AddSingleton<IGrpcMethod, HealthWatchMethod>();

    /// <summary>Answers everything that comes over HTTP/2; HTTP/1.1 goes on to what is mapped after this.</summary>
    public static void UseTransport(this WebApplication application) => application.UseMiddleware<GrpcMiddleware>();
}
