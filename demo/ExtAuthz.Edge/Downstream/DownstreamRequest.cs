using System.Net;
using ExtAuthz.Edge.Headers;

namespace ExtAuthz.Edge.Downstream;

/// <summary>One request as the filter chain sees it.</summary>
/// <param name="Id">Envoy's stream id: a random number, not <c>x-request-id</c>.</param>
internal sealed record DownstreamRequest(
    ulong Id, DateTimeOffset Time, string Protocol, IPEndPoint Source, IPEndPoint Destination, HeaderList Headers)
{
    public string Method => Headers[":method"] ?? "";

    /// <summary>The path with its query.</summary>
    public string Path => Headers[":path"] ?? "";

    public string PathWithoutQuery => Path.Split('?', '#')[0];

    public bool IsHead => Method is "HEAD";

    public bool IsUpgrade => Headers.Contains("upgrade");

    /// <summary>Exactly <c>application/grpc</c> or <c>application/grpc+…</c>: gRPC-web and Connect are not (<c>hasGrpcContentType</c>).</summary>
    public bool IsGrpc =>
        Headers["content-type"] is { } type &&
        (type is "application/grpc" || type.StartsWith("application/grpc+", StringComparison.Ordinal));
}
