using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.WorkOS;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ExtAuthz.Server;

/// <summary>Opens the operations port, HTTP/1.1, if there is to be one. It and the gRPC port do not answer for each other.</summary>
internal static class OperationsEndpoint
{
    public static IServiceCollection AddOperations(this IServiceCollection services, OperationsSettings? settings) => settings is null ? services : services
        .AddSingleton(settings)
        .AddSingleton(provider => new EventSignature(settings.EventsSecret, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<ProviderEvents>();

    /// <summary>Listens as configured.</summary>
    public static void Listen(KestrelServerOptions kestrel, OperationsSettings? settings)
    {
        if (settings is not null)
        {
            kestrel.Listen(settings.EndPoint, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        }
    }

    /// <summary>Answers what comes to this port. Nothing of it goes on.</summary>
    public static void UseOperations(this WebApplication application)
    {
        if (application.Services.GetService<OperationsSettings>() is { } settings)
        {
            application.MapWhen(http => http.Connection.LocalPort == settings.EndPoint.Port, branch => branch.Run(AnswerAsync));
        }
    }

    private static Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path == ProviderEvents.Path && HttpMethods.IsPost(http.Request.Method))
        {
            return http.RequestServices.GetRequiredService<ProviderEvents>().AnswerAsync(http);
        }

        http.Response.StatusCode = http.Request.Path == ProviderEvents.Path ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
