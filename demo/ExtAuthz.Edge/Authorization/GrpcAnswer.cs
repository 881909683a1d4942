using Envoy.Service.Auth.V3;
using Google.Protobuf;

namespace ExtAuthz.Edge.Authorization;

/// <summary>A finished gRPC call as it came over HTTP/2. A Trailers-Only answer has its status in the headers and no body.</summary>
internal sealed record GrpcAnswer(int HttpStatus, string? GrpcStatus, ReadOnlyMemory<byte> Body)
{
    /// <summary>Anything but 200, <c>grpc-status: 0</c> and one uncompressed readable message is no decision.</summary>
    public CheckOutcome ToOutcome()
    {
        if (HttpStatus != StatusCodes.Status200OK)
        {
            return new CheckOutcome.Failed($"HTTP status {HttpStatus}");
        }

        if (GrpcStatus is not "0")
        {
            return new CheckOutcome.Failed($"grpc-status {GrpcStatus ?? "missing"}");
        }

        if (GrpcFrame.Read(Body) is not { } message)
        {
            return new CheckOutcome.Failed("no single uncompressed message");
        }

        try
        {
            return CheckOutcome.From(CheckResponse.Parser.ParseFrom(message.Span));
        }
        catch (InvalidProtocolBufferException)
        {
            return new CheckOutcome.Failed("unreadable message");
        }
    }
}
