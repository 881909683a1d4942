using System.Buffers.Binary;
using Envoy.Service.Auth.V3;
using Google.Protobuf;

namespace ExtAuthz.Benchmarks;

/// <summary>A Check call as Envoy sends it for a browser's request.</summary>
internal static class SampleCall
{
    /// <summary>The length-prefixed message, with 20 headers.</summary>
    public static byte[] Frame(string cookie)
    {
        var message = Request(cookie).ToByteArray();
        byte[] frame = [0, 0, 0, 0, 0, .. message];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        return frame;
    }

    private static CheckRequest Request(string cookie)
    {
        var http = new AttributeContext.Types.HttpRequest
        {
            Id = "13359530607844510314",
            Method = "GET",
            Path = "/dashboard/reports?month=2026-08&view=table",
            Host = "app.example.com",
            Scheme = "https",
            Protocol = "HTTP/2",
            Headers =
            {
                [":authority"] = "app.example.com",
                [":method"] = "GET",
                [":path"] = "/dashboard/reports?month=2026-08&view=table",
                [":scheme"] = "https",
                ["accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
                ["accept-encoding"] = "gzip, deflate, br, zstd",
                ["accept-language"] = "en-GB,en;q=0.7,de;q=0.3",
                ["cookie"] = cookie,
                ["priority"] = "u=0, i",
                ["referer"] = "https://app.example.com/dashboard",
                ["sec-fetch-dest"] = "document",
                ["sec-fetch-mode"] = "navigate",
                ["sec-fetch-site"] = "same-origin",
                ["sec-fetch-user"] = "?1",
                ["upgrade-insecure-requests"] = "1",
                ["user-agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
                ["x-envoy-external-address"] = "203.0.113.7",
                ["x-forwarded-for"] = "203.0.113.7",
                ["x-forwarded-proto"] = "https",
                ["x-request-id"] = "c1a61f4b-7d0c-4c7f-9f36-0a3f3d2a9a55",
            },
        };
        return new CheckRequest
        {
            Attributes = new()
            {
                Source = new() { Address = new() { SocketAddress = new() { Address = "203.0.113.7", PortValue = 51234 } } },
                Destination = new() { Address = new() { SocketAddress = new() { Address = "10.0.0.5", PortValue = 8443 } } },
                Request = new() { Time = new() { Seconds = 1_780_000_000, Nanos = 123_456_000 }, Http = http },
                MetadataContext = new(),
                RouteMetadataContext = new(),
            },
        };
    }
}
