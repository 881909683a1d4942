using Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExtAuthz.Server.Transport.AspNetCore;

/// <summary>The official stack, for those whose package feed carries it: <c>dotnet build -p:GrpcStack=AspNetCore</c>.</summary>
internal static class GrpcStack
{
    public static IServiceCollection AddGrpcStack(this IServiceCollection services)
    {
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = 256 * 1024;
            grpc.CompressionProviders.Clear();
        });
        services.AddSingleton<GrpcService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceMethodProvider<GrpcService>, GrpcMethods>());
        return services;
    }

    /// <summary>Maps the methods; what is unmapped is UNIMPLEMENTED.</summary>
    public static void UseTransport(this WebApplication application) => application.MapGrpcService<GrpcService>();
}
