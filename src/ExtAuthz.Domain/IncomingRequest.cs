using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain;

/// <summary>A request as Envoy describes it: every value may come from an attacker.</summary>
public sealed record IncomingRequest
{
    /// <summary>The method, as sent.</summary>
    public required string Method { get; init; }

    /// <summary>The request target of <c>attributes.request.http.path</c>.</summary>
    public required RequestTarget Target { get; init; }

    /// <summary>The authority, as sent; never used to build a URL.</summary>
    public required string Host { get; init; }

    /// <summary>Envoy's id of the request, for logs.</summary>
    public required string RequestId { get; init; }

    /// <summary>The headers that matter.</summary>
    public required RequestHeaders Headers { get; init; }

    /// <summary>Whether Envoy sent raw bytes (<c>encode_raw_headers</c>), so that <c>!</c> means <c>!</c>.</summary>
    public bool HasRawHeaders { get; init; }

    /// <summary>The body, where Envoy is told to send it (<c>with_request_body</c>), cut at 16 KiB; null when it is empty or was not sent.</summary>
    public RequestBody? Body { get; init; }

    /// <summary>How long Envoy will wait for the answer, from now; null when it did not say.</summary>
    public TimeSpan? TimeLeft { get; init; }
}
