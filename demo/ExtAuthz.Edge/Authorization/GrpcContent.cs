using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace ExtAuthz.Edge.Authorization;

/// <summary>One message as a request body. Its length is unknown to the client, for Envoy sends no <c>content-length</c>.</summary>
internal sealed class GrpcContent : HttpContent
{
    private readonly byte[] frame;

    public GrpcContent(IMessage message)
    {
        frame = GrpcFrame.Write(message);
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(frame, 0, frame.Length);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(frame, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
