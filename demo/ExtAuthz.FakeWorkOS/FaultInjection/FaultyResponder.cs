using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>Answers a call as its endpoint's faults say: refuse, or work, then wait, lose, spoil or deliver the answer.</summary>
internal sealed class FaultyResponder(TimeProvider clock)
{
    /// <summary>True when the answer of the work itself was sent.</summary>
    public async Task<bool> RespondAsync(HttpContext context, EndpointFaults faults, Func<Answer> work)
    {
        var fault = faults.TakeAnswer();
        Func<HttpResponse, Task> write = fault switch
        {
            null => work().WriteAsync,
            FaultAnswer.Status status => Refusal(status).WriteAsync,
            FaultAnswer.Html html => response => SpoiltAnswer.WriteHtmlAsync(response, html.Code),
            FaultAnswer.Unreadable => WorkThen(work, SpoiltAnswer.WriteUnreadableAsync),
            FaultAnswer.Huge => WorkThen(work, SpoiltAnswer.WriteHugeAsync),
            _ => throw new InvalidOperationException($"{fault} has no answer."),
        };
        if (faults.Latency is var latency && latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, clock, context.RequestAborted);
        }

        if (faults.LosesAnswer())
        {
            context.Abort();
            return false;
        }

        await write(context.Response);
        return fault is null && !context.RequestAborted.IsCancellationRequested;
    }

    private static Func<HttpResponse, Task> WorkThen(Func<Answer> work, Func<HttpResponse, Task> write)
    {
        work();
        return write;
    }

    private static Answer Refusal(FaultAnswer.Status status) => status switch
    {
        { Error: { } error } => WorkOSError.OAuth(status.Code, error, "Injected fault."),
        { Code: StatusCodes.Status400BadRequest } => WorkOSError.InvalidGrant("Session has already ended."),
        { Code: StatusCodes.Status401Unauthorized } => WorkOSError.Unauthorized(),
        _ => WorkOSError.Message(status.Code, "Injected fault.") with { RetryAfter = status.RetryAfter },
    };
}
