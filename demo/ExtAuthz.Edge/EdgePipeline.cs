using System.Diagnostics;
using System.Security.Cryptography;
using ExtAuthz.Edge.Authorization;
using ExtAuthz.Edge.Downstream;
using ExtAuthz.Edge.Upstream;
using Google.Protobuf.WellKnownTypes;

namespace ExtAuthz.Edge;

/// <summary>One request through the connection manager, the ext_authz filter and the router.</summary>
internal sealed class EdgePipeline(
    EdgeOptions options, AuthorizationClient authorization, Forwarder forwarder, TimeProvider time, ILogger<EdgePipeline> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var raw = RawRequest.From(context);
        var now = time.GetUtcNow();
        var request = new DownstreamRequest(
            BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
            now,
            raw.Protocol,
            raw.Source,
            raw.Destination,
            RequestHeaders.Read(raw, requestId: $"{Guid.CreateVersion7(now)}"));

        var (details, metadata) = await AnswerAsync(context, request);
        Log.Access(logger, request.Method, request.PathWithoutQuery, context.Response.StatusCode, details, metadata?.ToString() ?? "-");
    }

    private async Task<(string Details, Struct? Metadata)> AnswerAsync(HttpContext context, DownstreamRequest request)
    {
        try
        {
            return ConnectionManager.Admit(request, options) switch
            {
                Admission.Accepted(var admitted) => await AuthorizeAsync(context, admitted),
                Admission.Rejected(var reply) => (await ReplyAsync(context, request, reply), null),
                _ => throw new UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }

            return ("downstream_remote_disconnect", null);
        }
    }

    private async Task<(string Details, Struct? Metadata)> AuthorizeAsync(HttpContext context, DownstreamRequest request)
    {
        var start = time.GetTimestamp();
        var outcome = await authorization.CheckAsync(CheckRequests.Create(request, options.RawHeaders), context.RequestAborted);
        if (outcome is CheckOutcome.Failed(var reason, _))
        {
            Log.CheckFailed(logger, reason);
        }

        if (outcome is CheckOutcome.Allowed { DynamicMetadata: { Fields.Count: > 0 } fields })
        {
            fields.Fields["ext_authz_duration"] = Value.ForNumber(Math.Floor(time.GetElapsedTime(start).TotalMilliseconds));
        }

        var details = FilterDecision.From(outcome, request.Headers, options) switch
        {
            FilterDecision.Continue decision => await forwarder.ForwardAsync(context, request, decision),
            FilterDecision.Answer(var reply) => await ReplyAsync(context, request, reply),
            _ => throw new UnreachableException(),
        };
        return (details, outcome.DynamicMetadata);
    }

    private static async Task<string> ReplyAsync(HttpContext context, DownstreamRequest request, LocalReply reply)
    {
        await reply.For(request).WriteAsync(context.Response, context.RequestAborted);
        return reply.Details;
    }
}
