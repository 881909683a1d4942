using System.Net;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Server.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtAuthz.Benchmarks;

/// <summary>The transport with <see cref="NothingHandler"/> behind it.</summary>
internal static class NothingServer
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, KestrelSettings.ServeGrpc));
        builder.Services
            .AddSingleton(new ReservedHeaders([]))
            .AddSingleton<ICheckHandler, NothingHandler>()
            .AddTransport(new TransportSettings { ShutdownDelay = TimeSpan.Zero });
        await using var application = builder.Build();
        application.UseTransport();
        await application.StartAsync();
        Console.WriteLine(application.Urls.Single());
        await application.WaitForShutdownAsync();
    }
}
