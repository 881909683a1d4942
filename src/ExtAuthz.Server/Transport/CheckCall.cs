using System.Buffers;
using ExtAuthz.Domain;

namespace ExtAuthz.Server.Transport;

/// <summary>
/// One <c>Check</c> call, bytes in and bytes out, the same for every gRPC stack.
/// Whatever goes wrong becomes a denial: an RPC error would pass under <c>failure_mode_allow</c>.
/// </summary>
internal sealed class CheckCall(CheckRequestReader reader, ICheckHandler handler, ILogger<CheckCall> log)
{
    private static readonly byte[] Malformed = CheckResponseWriter.Encode(new CheckDecision.Denied(DecisionReason.BadRequest, 400, [], ""));
    private static readonly byte[] NotHttp = CheckResponseWriter.Encode(new CheckDecision.Denied(DecisionReason.BadRequest, 403, [], ""));
    private static readonly byte[] Faulted = CheckResponseWriter.Encode(
        new CheckDecision.Denied(DecisionReason.InternalFault, 503, [new("retry-after", "1")], ""));

    /// <summary>Reads the request from its bytes, which are not used afterwards.</summary>
    public CheckRequestReading Read(in ReadOnlySequence<byte> message, TimeSpan? timeLeft) => reader.Read(message, timeLeft);

    /// <summary>Answers with an encoded CheckResponse.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async ValueTask<byte[]> AnswerAsync(CheckRequestReading reading, CancellationToken cancellationToken)
    {
        switch (reading)
        {
            case CheckRequestReading.Http http:
                return await AnswerAsync(http.Request, cancellationToken);
            case CheckRequestReading.NotHttp:
                Log.CheckRequestNotHttp(log);
                return NotHttp;
            default:
                Log.CheckRequestMalformed(log);
                return Malformed;
        }
    }

    private async ValueTask<byte[]> AnswerAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var decision = await handler.CheckAsync(request, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested(); // an answer after the deadline is none
            return CheckResponseWriter.Encode(decision);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.CheckFailed(log, exception);
            return Faulted;
        }
    }
}
