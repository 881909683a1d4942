using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary>
/// The one length-prefixed message of a request (gRPC over HTTP2): <c>compressed-flag (1 byte) length (4 bytes, big-endian) message</c>.
/// </summary>
/// <param name="Message">The bytes, where they lie in the pipe: valid until the call ends.</param>
/// <param name="Status">OK, or why there is no message.</param>
internal readonly record struct RequestFrame(ReadOnlySequence<byte> Message, GrpcStatus Status)
{
    public const int PrefixLength = 5;

    /// <summary>60 KiB of headers, a logout token as body, and room.</summary>
    public const int LargestMessage = 256 * 1024;

    private const int MostDrained = 64 * 1024;
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(1);

    /// <summary>Reads the body to its end. A fault is known as early as its first byte.</summary>
    public static async ValueTask<RequestFrame> ReadAsync(PipeReader body, bool isEncoded, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);
            var status = Examine(result, isEncoded);
            if (status is null)
            {
                body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            if (status == GrpcStatus.Ok)
            {
                return new RequestFrame(result.Buffer.Slice(PrefixLength), GrpcStatus.Ok);
            }

            body.AdvanceTo(result.Buffer.End);
            return new RequestFrame(default, status.Value);
        }
    }

    /// <summary>Reads and forgets a little of the body: clients that still send when the answer ends the stream see a reset instead of it.</summary>
    public static async ValueTask DrainAsync(PipeReader body, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(LongestDrain, time);
        try
        {
            long drained = 0;
            ReadResult result;
            do
            {
                result = await body.ReadAsync(patience.Token);
                drained += result.Buffer.Length;
                body.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted && drained < MostDrained);
        }
        catch (OperationCanceledException)
        {
            // slow enough to be reset
        }
    }

    /// <summary>Judges what has come: null for "more is needed".</summary>
    private static GrpcStatus? Examine(in ReadResult result, bool isEncoded)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (result.Buffer.Length < PrefixLength)
        {
            return result.IsCompleted ? GrpcStatus.NotOneMessage : null;
        }

        result.Buffer.Slice(0, PrefixLength).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        return prefix[0] switch
        {
            0 when length > LargestMessage => GrpcStatus.TooLarge,
            0 when result.Buffer.Length > PrefixLength + length => GrpcStatus.NotOneMessage,
            0 when !result.IsCompleted => null,
            0 => result.Buffer.Length == PrefixLength + length ? GrpcStatus.Ok : GrpcStatus.MalformedFrame,
            1 => isEncoded ? GrpcStatus.Compressed : GrpcStatus.CompressedWithoutEncoding,
            _ => GrpcStatus.MalformedFrame,
        };
    }
}
