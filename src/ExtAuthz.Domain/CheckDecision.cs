using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain;

/// <summary>What Envoy is told. There is no third answer and no default: a decision is built or the request is denied.</summary>
public abstract record CheckDecision
{
    private CheckDecision(DecisionReason reason, ImmutableArray<ResponseHeader> responseHeaders)
    {
        Reason = reason;
        ResponseHeaders = responseHeaders;
    }

    /// <summary>Why, for logs and metrics.</summary>
    public DecisionReason Reason { get; }

    /// <summary>Headers for the browser.</summary>
    public ImmutableArray<ResponseHeader> ResponseHeaders { get; }

    /// <summary>What happened to the session on the way, for logs.</summary>
    public ImmutableArray<SessionEvent> Events { get; init; } = [];

    /// <summary>The request goes on to the upstream.</summary>
    public sealed record Allowed : CheckDecision
    {
        /// <summary>Lets a request pass with these changes.</summary>
        public Allowed(DecisionReason reason, UpstreamHeaders upstreamHeaders, ImmutableArray<ResponseHeader> responseHeaders)
            : base(reason, responseHeaders) => UpstreamHeaders = upstreamHeaders;

        /// <summary>Headers for the upstream.</summary>
        public UpstreamHeaders UpstreamHeaders { get; }
    }

    /// <summary>The request is answered here.</summary>
    public sealed record Denied : CheckDecision
    {
        /// <summary>Answers a request with this status, these headers and this body.</summary>
        public Denied(DecisionReason reason, int status, ImmutableArray<ResponseHeader> responseHeaders, string body)
            : base(reason, responseHeaders)
        {
            Status = status;
            Body = body;
        }

        /// <summary>The HTTP status, 200 to 599.</summary>
        public int Status { get; }

        /// <summary>The body, possibly empty.</summary>
        public string Body { get; }
    }
}
