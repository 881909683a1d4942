using System.Collections.Immutable;
using System.Net;
using ExtAuthz.Edge.Headers;
using Microsoft.AspNetCore.Http.Features;

namespace ExtAuthz.Edge.Downstream;

/// <summary>A request as the codec handed it over, before the connection manager looked at it.</summary>
/// <param name="Target">The request target byte for byte; it never meets a URI parser.</param>
internal sealed record RawRequest(
    string Method, string Target, string Protocol, string Scheme, string Host, ImmutableArray<Header> Lines)
{
    /// <summary>The <c>:protocol</c> of an extended CONNECT (RFC 8441), or null.</summary>
    public string? ConnectProtocol { get; init; }

    public IPEndPoint Source { get; init; } = new(IPAddress.Loopback, 0);

    public IPEndPoint Destination { get; init; } = new(IPAddress.Loopback, 0);

    public static RawRequest From(HttpContext context)
    {
        var request = context.Request;
        var connect = context.Features.Get<IHttpExtendedConnectFeature>();
        return new RawRequest(
            request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            request.Protocol,
            request.Scheme,
            request.Headers.Host.ToString(),
            [.. from line in request.Headers
                where !line.Key.StartsWith(':') && !line.Key.Equals("host", StringComparison.OrdinalIgnoreCase)
                from value in line.Value
                select new Header(line.Key.ToLowerInvariant(), value ?? "")])
        {
            ConnectProtocol = connect is { IsExtendedConnect: true } ? connect.Protocol : null,
            Source = EndPoint(context.Connection.RemoteIpAddress, context.Connection.RemotePort),
            Destination = EndPoint(context.Connection.LocalIpAddress, context.Connection.LocalPort),
        };
    }

    private static IPEndPoint EndPoint(IPAddress? address, int port) => new(address ?? IPAddress.None, port);
}
