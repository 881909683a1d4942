using System.Net;
using Envoy.Config.Core.V3;
using Envoy.Service.Auth.V3;
using ExtAuthz.Edge.Downstream;
using ExtAuthz.Edge.Headers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace ExtAuthz.Edge.Authorization;

/// <summary>Builds the question of one request (<c>CheckRequestUtils::createHttpCheck</c>), without a body, TLS or metadata.</summary>
internal static class CheckRequests
{
    private const string PartialBodyHeader = "x-envoy-auth-partial-body";

    public static CheckRequest Create(DownstreamRequest request, bool rawHeaders)
    {
        var http = new AttributeContext.Types.HttpRequest
        {
            Id = $"{request.Id}",
            Method = Text(":method"),
            Path = Text(":path"),
            Host = Text(":authority"),
            Scheme = Text(":scheme").ToLowerInvariant(),
            Protocol = request.Protocol,
        };

        var headers = request.Headers.Remove(PartialBodyHeader);
        if (rawHeaders)
        {
            http.HeaderMap = new HeaderMap();
            http.HeaderMap.Headers.Add(headers.Lines.Select(line =>
                new HeaderValue { Key = line.Name, RawValue = ByteString.CopyFrom(HeaderBytes.ToArray(line.Value)) }));
        }
        else
        {
            foreach (var group in headers.Lines.GroupBy(line => line.Name, line => line.Value, StringComparer.Ordinal))
            {
                http.Headers[group.Key] = HeaderBytes.ToText(string.Join(',', group));
            }
        }

        return new CheckRequest
        {
            Attributes = new AttributeContext
            {
                Source = Peer(request.Source),
                Destination = Peer(request.Destination),
                Request = new() { Time = Timestamp.FromDateTimeOffset(request.Time), Http = http },
                MetadataContext = new Metadata(),
                RouteMetadataContext = new Metadata(),
            },
        };

        string Text(string name) => HeaderBytes.ToText(request.Headers[name] ?? "");
    }

    private static AttributeContext.Types.Peer Peer(IPEndPoint endPoint) => new()
    {
        Address = new Address
        {
            SocketAddress = new() { Address = endPoint.Address.ToString(), PortValue = (uint)endPoint.Port },
        },
    };
}
