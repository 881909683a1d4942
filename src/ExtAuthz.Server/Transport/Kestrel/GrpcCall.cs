using System.Buffers;
using System.Buffers.Binary;

namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary>One call whose request message has been read.</summary>
/// <param name="Message">The request message, valid until the call ends.</param>
/// <param name="TimeLeft">The client's <c>grpc-timeout</c>; null when it set none.</param>
/// <param name="Response">Where messages go.</param>
/// <param name="Cancellation">Ends at the deadline and when the client resets the stream.</param>
internal readonly record struct GrpcCall(
    ReadOnlySequence<byte> Message, TimeSpan? TimeLeft, HttpResponse Response, CancellationToken Cancellation)
{
    /// <summary>Writes a length-prefixed message; it is sent when flushed or when the call ends.</summary>
    public void Write(ReadOnlySpan<byte> message)
    {
        var frame = Response.BodyWriter.GetSpan(RequestFrame.PrefixLength + message.Length);
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], message.Length);
        message.CopyTo(frame[RequestFrame.PrefixLength..]);
        Response.BodyWriter.Advance(RequestFrame.PrefixLength + message.Length);
    }
}
