using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ExtAuthz.Edge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.EndToEnd.Edge;

/// <summary>An edge on real sockets between a client, a scripted authorization service and an upstream that echoes its request.</summary>
internal sealed class EdgeTestBed : IAsyncDisposable
{
    private readonly WebApplication _edge;
    private readonly WebApplication _upstream;
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };

    private EdgeTestBed(ScriptedAuthorizationService service, WebApplication upstream, EdgeOptions options)
    {
        Service = service;
        _upstream = upstream;
        Client = new HttpClient(_handler);
        _edge = EdgeApplication.Create(
            options with
            {
                ListenAddress = new("http://127.0.0.1:0"),
                Http2ListenAddress = new("http://127.0.0.1:0"),
                AuthorizationAddress = service.Address,
                UpstreamAddress = upstream.Address(),
            },
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(new LogLines(Log));
                builder.Services.AddSingleton<TimeProvider>(Clock);
            });
    }

    public FakeTimeProvider Clock { get; } = new();

    public ConcurrentQueue<string> Log { get; } = [];

    public ScriptedAuthorizationService Service { get; }

    public HttpClient Client { get; }

    public Uri Http1 => _edge.Address();

    public Uri Http2 => _edge.Address(1);

    public static async Task<EdgeTestBed> StartAsync(EdgeOptions? options = null, HttpProtocols upstream = HttpProtocols.Http1)
    {
        var bed = new EdgeTestBed(
            await ScriptedAuthorizationService.StartAsync(), await Loopback.StartAsync(upstream, EchoAsync), options ?? new());
        await bed._edge.StartAsync();
        return bed;
    }

    /// <summary>Sends bytes as they are on a connection of their own and reads to its end.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Http1.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    public Task StopUpstreamAsync() => _upstream.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _handler.Dispose();
        await _edge.DisposeAsync();
        await Service.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var text = new StringBuilder();
        text.AppendLine($"{context.Request.Method} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}");
        foreach (var (name, values) in context.Request.Headers)
        {
            text.AppendJoin("", values.Select(value => $"{name.ToLowerInvariant()}: {value}\n"));
        }

        context.Response.Headers.Append("set-cookie", "upstream=1");
        context.Response.Headers.CacheControl = "public";
        await context.Response.WriteAsync(text.ToString());
        await context.Request.Body.CopyToAsync(context.Response.Body);
        if (context.Response.SupportsTrailers())
        {
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
