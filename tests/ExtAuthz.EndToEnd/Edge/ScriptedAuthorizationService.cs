using System.Collections.Concurrent;
using System.Collections.Immutable;
using Envoy.Service.Auth.V3;
using ExtAuthz.Edge.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ExtAuthz.EndToEnd.Edge;

/// <summary>Answers every check as told and remembers what was asked.</summary>
internal sealed class ScriptedAuthorizationService : IAsyncDisposable
{
    private WebApplication? _app;

    public Uri Address => _app.ShouldNotBeNull().Address();

    /// <summary>Writes the answer to a check that was read in full.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Message(Answers.Allow());

    public ConcurrentQueue<(CheckRequest Check, ImmutableDictionary<string, string> Headers)> Received { get; } = [];

    public static async Task<ScriptedAuthorizationService> StartAsync()
    {
        var service = new ScriptedAuthorizationService();
        service._app = await Loopback.StartAsync(HttpProtocols.Http2, service.HandleAsync);
        return service;
    }

    public static Func<HttpContext, Task> Message(CheckResponse response) => async context =>
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(GrpcFrame.Write(response));
        context.Response.AppendTrailer("grpc-status", "0");
    };

    public static Func<HttpContext, Task> TrailersOnly(int grpcStatus) => context =>
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = $"{grpcStatus}";
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _app.ShouldNotBeNull().DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = GrpcFrame.Read(body.ToArray()).ShouldNotBeNull();
        var request = context.Request;
        Received.Enqueue((
            CheckRequest.Parser.ParseFrom(message.Span),
            request.Headers.Where(header => !header.Key.StartsWith(':'))
                .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value.ToString()))
                .Append(new(":authority", request.Host.Value ?? ""))
                .Append(new(":path", request.Path))
                .Append(new(":method", request.Method))
                .ToImmutableDictionary(StringComparer.Ordinal)));
        await Answer(context);
    }
}
