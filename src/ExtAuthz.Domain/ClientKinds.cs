using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain;

/// <summary>
/// Tells the kind of client from the request. AuthKit's own test is <c>Accept</c> with the Next.js and prefetch headers;
/// Fetch Metadata (W3C) settles what it leaves open.
/// </summary>
public static class ClientKinds
{
    /// <summary>The kind of client that sent this request; when in doubt, one that is not redirected.</summary>
    public static ClientKind Of(RequestHeaders headers)
    {
        if (IsGrpc(headers[KnownHeader.ContentType]))
        {
            return ClientKind.Grpc;
        }

        if (headers.Has(KnownHeader.NextRouterPrefetch)
            || IsPrefetch(headers[KnownHeader.Purpose])
            || IsPrefetch(headers[KnownHeader.SecPurpose]))
        {
            return ClientKind.Prefetch;
        }

        var isScript = headers.Has(KnownHeader.Rsc)
            || headers.Has(KnownHeader.NextRouterStateTree)
            || headers.Has(KnownHeader.XRequestedWith)
            || headers.Has(KnownHeader.AccessControlRequestMethod)
            || headers.Has(KnownHeader.Upgrade)
            || headers[KnownHeader.SecFetchMode] is not (null or "navigate")
            || headers[KnownHeader.SecFetchDest] is not (null or "document" or "iframe" or "frame");
        var acceptsHtml = headers[KnownHeader.Accept]?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true;
        return acceptsHtml && !isScript ? ClientKind.Document : ClientKind.Script;
    }

    // Envoy's own rule: application/grpc and application/grpc+proto, not application/grpc-web.
    private static bool IsGrpc(string? contentType) =>
        contentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true
        && (contentType.Length == 16 || contentType[16] is '+' or ';' or ' ');

    private static bool IsPrefetch(string? purpose) => purpose?.StartsWith("prefetch", StringComparison.OrdinalIgnoreCase) == true;
}
