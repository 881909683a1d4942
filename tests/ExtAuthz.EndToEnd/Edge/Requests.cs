using System.Net;
using ExtAuthz.Edge.Downstream;
using ExtAuthz.Edge.Headers;

namespace ExtAuthz.EndToEnd.Edge;

/// <summary>Requests as the codec and as the filters see them.</summary>
internal static class Requests
{
    public static RawRequest Raw(
        string target = "/", string method = "GET", string protocol = "HTTP/1.1", params (string Name, string Value)[] lines) =>
        new(method, target, protocol, "http", "app.example.com", [.. lines.Select(line => new Header(line.Name, line.Value))])
        {
            Source = IPEndPoint.Parse("192.0.2.7:4711"),
            Destination = IPEndPoint.Parse("192.0.2.1:8080"),
        };

    public static DownstreamRequest Downstream(RawRequest raw) => new(
        42, DateTimeOffset.UnixEpoch, raw.Protocol, raw.Source, raw.Destination, RequestHeaders.Read(raw, "request-id"));
}
