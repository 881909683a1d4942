using System.Net;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>A whole response, as HTTP saw it.</summary>
internal sealed record RawGrpcResponse(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Trailers, byte[] Body)
{
    /// <summary>Whether the status came without a body: "Trailers-Only".</summary>
    public bool IsTrailersOnly => Headers.ContainsKey("grpc-status") && Body.Length == 0;

    public string? GrpcStatus => (Headers.ContainsKey("grpc-status") ? Headers : Trailers).GetValueOrDefault("grpc-status");

    public string? GrpcMessage => (Headers.ContainsKey("grpc-status") ? Headers : Trailers).GetValueOrDefault("grpc-message");

    /// <summary>The one message.</summary>
    public byte[] Message => Body[0] == 0 && (Body[1] << 24 | Body[2] << 16 | Body[3] << 8 | Body[4]) == Body.Length - 5
        ? Body[5..]
        : throw new InvalidOperationException("Not one uncompressed message.");
}
