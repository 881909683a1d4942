using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace ExtAuthz.Edge.Authorization;

/// <summary>One message as a request body. Its length is unknown to the client, for Envoy sends no <c>content-length</c>.</summary>
internal sealed class GrpcContent : HttpContent
{
    private readonly byte[] _frame;

    public GrpcContent(IMessage message)
    {
        _frame = GrpcFrame.Write(message);
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(_frame, 0, _frame.Length);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(_frame, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
