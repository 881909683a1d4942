using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ExtAuthz.Server.Transport;

/// <summary>
/// Kestrel's limits against abuse of HTTP/2 (docs/threat-model.md). What is not named keeps Kestrel's default on purpose:
/// MinRequestBodyDataRate ends slow streams, and HeaderTableSize must not be 0, which nghttp2 can not bear.
/// </summary>
internal static class KestrelSettings
{
    /// <summary>Limits every connection.</summary>
    public static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = null; // GrpcMiddleware reads one message of at most 256 KiB and no more
        limits.MaxRequestHeadersTotalSize = 64 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.Http2.MaxStreamsPerConnection = 500;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }

    /// <summary>Makes an endpoint a gRPC one: HTTP/2 with prior knowledge, or negotiated where <c>UseHttps</c> is added.</summary>
    public static void ServeGrpc(ListenOptions endpoint) => endpoint.Protocols = HttpProtocols.Http2;
}
