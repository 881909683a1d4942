using System.Buffers.Binary;
using Google.Protobuf;

namespace ExtAuthz.Edge.Authorization;

/// <summary>Length-Prefixed-Message = Compressed-Flag (1 byte) Message-Length (4 bytes, big endian) Message (gRPC over HTTP/2).</summary>
internal static class GrpcFrame
{
    private const int PrefixLength = 5;

    public static byte[] Write(IMessage message)
    {
        var frame = new byte[PrefixLength + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - PrefixLength);
        message.WriteTo(frame.AsSpan(PrefixLength));
        return frame;
    }

    /// <summary>The one uncompressed message of a unary answer, or null when the body is not exactly that.</summary>
    public static ReadOnlyMemory<byte>? Read(ReadOnlyMemory<byte> body) =>
        body.Length >= PrefixLength
        && body.Span[0] == 0
        && BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]) == body.Length - PrefixLength
            ? body[PrefixLength..]
            : default(ReadOnlyMemory<byte>?); // a bare null would convert through byte[] to an empty message
}
