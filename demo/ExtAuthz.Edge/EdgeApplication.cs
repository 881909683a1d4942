using System.Net;
using System.Text;
using ExtAuthz.Edge.Authorization;
using ExtAuthz.Edge.Upstream;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExtAuthz.Edge;

/// <summary>The stand-in as an application that a program or a test can start.</summary>
/// <remarks>
/// It has one route for everything, and leaves out TLS, request bodies in the check, retries, request trailers and the forwarding of
/// upgrades (they are checked and then answered with 501). Lines of one header keep their order; lines of different headers may not.
/// </remarks>
public static class EdgeApplication
{
    private const int MaxRequestHeaderBytes = 60 * 1024;

    /// <summary>
    /// Builds the gateway without starting it. Once it runs, <see cref="WebApplication.Urls"/> tells the real ports:
    /// first HTTP/1.1, then HTTP/2 when it has an address.
    /// </summary>
    /// <param name="options">The addresses and the settings of the filter.</param>
    /// <param name="configure">Changes to logging or services, the <see cref="TimeProvider"/> for instance.</param>
    public static WebApplication Create(EdgeOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        // Empty, so that no settings file or environment variable of the hosting program changes where it listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<AuthorizationClient>();
        builder.Services.AddSingleton<Forwarder>();
        builder.Services.AddSingleton<EdgePipeline>();
        configure?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);

        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<EdgePipeline>().InvokeAsync);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, EdgeOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestLineSize = MaxRequestHeaderBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxRequestHeaderBytes;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = MaxRequestHeaderBytes;

        kestrel.Listen(EndPoint(options.ListenAddress), listen => listen.Protocols = HttpProtocols.Http1);
        if (options.Http2ListenAddress is { } address)
        {
            kestrel.Listen(EndPoint(address), listen => listen.Protocols = HttpProtocols.Http2);
        }
    }

    private static IPEndPoint EndPoint(Uri address) =>
        new(address.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.DnsSafeHost), address.Port);
}
