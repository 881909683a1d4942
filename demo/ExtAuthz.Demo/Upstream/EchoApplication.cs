using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ExtAuthz.Demo.Upstream;

/// <summary>A service without any sign-in code: it shows the request it received, as a page or as JSON.</summary>
internal static class EchoApplication
{
    /// <summary>Builds it without starting it.</summary>
    public static WebApplication Create(IPEndPoint endPoint, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestHeadersTotalSize = 96 * 1024; // what the edge takes, and what the service adds
            kestrel.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        logging(builder.Logging);
        var application = builder.Build();
        application.Run(AnswerAsync);
        return application;
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var received = ReceivedRequest.From(context);
        return context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? EchoPage.WriteAsync(context.Response, received)
            : context.Response.WriteAsJsonAsync(received, context.RequestAborted);
    }
}
