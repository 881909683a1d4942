using System.Buffers;
using System.Text;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Server.Transport;

/// <summary>
/// Turns the bytes of a CheckRequest into an <see cref="IncomingRequest"/> without building the message: most of it is never looked at.
/// Bytes that are no UTF-8 become U+FFFD, which no path, cookie or token holds, so they can not match anything.
/// </summary>
internal sealed class CheckRequestReader(ReservedHeaders reserved)
{
    /// <summary>How much of a body is read, in bytes: room for a logout token.</summary>
    public const int LongestBody = 16 * 1024;

    /// <summary>Reads a message; a fault in it is a value.</summary>
    /// <param name="message">The bytes, valid during the call only.</param>
    /// <param name="timeLeft">How long Envoy waits, from now.</param>
    public CheckRequestReading Read(in ReadOnlySequence<byte> message, TimeSpan? timeLeft)
    {
        if (message.IsSingleSegment)
        {
            return Read(message.FirstSpan, timeLeft);
        }

        var rented = ArrayPool<byte>.Shared.Rent((int)message.Length);
        message.CopyTo(rented);
        var reading = Read(rented.AsSpan(0, (int)message.Length), timeLeft);
        ArrayPool<byte>.Shared.Return(rented);
        return reading;
    }

    private CheckRequestReading Read(ReadOnlySpan<byte> message, TimeSpan? timeLeft)
    {
        var fields = new CheckRequestFields(reserved);
        return fields.TryRead(message) switch
        {
            false => CheckRequestReading.Malformed.Instance,
            true when !fields.HasHttp => CheckRequestReading.NotHttp.Instance,
            true => new CheckRequestReading.Http(new IncomingRequest
            {
                Method = Method(fields.Method),
                Target = RequestTarget.Parse(Encoding.UTF8.GetString(fields.Path)),
                Host = Encoding.UTF8.GetString(fields.Host),
                RequestId = fields.Headers[KnownHeader.XRequestId] ?? Encoding.UTF8.GetString(fields.Id),
                Headers = fields.Headers,
                HasRawHeaders = fields.HasHeaderMap,
                Body = Body(fields.Body),
                TimeLeft = timeLeft,
            }),
        };
    }

    private static RequestBody? Body(ReadOnlySpan<byte> body) =>
        body.IsEmpty ? null : new RequestBody(Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestBody)]));

    private static string Method(ReadOnlySpan<byte> method) =>
        method.SequenceEqual("GET"u8) ? HttpMethods.Get : Encoding.UTF8.GetString(method);
}
