using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.SignIn;

/// <summary>Tells whether the user, on our own site, wanted what a request asks for, or another site's page caused it (CSRF).</summary>
public static class CrossSiteGuard
{
    /// <summary>
    /// Admits what <c>Sec-Fetch-Site</c> (W3C Fetch Metadata) says comes from a page of our origin or from the user alone. A browser that
    /// does not send it proves the same of a POST with <c>Origin</c> (Fetch standard); a GET proves nothing then. A GET must be a navigation as well.
    /// </summary>
    public static bool Admits(IncomingRequest request, string publicOrigin)
    {
        var origin = request.Headers[KnownHeader.Origin];
        var isGet = request.Method is "GET";
        if (isGet && ClientKinds.Of(request.Headers) is not ClientKind.Document)
        {
            return false;
        }

        return request.Headers[KnownHeader.SecFetchSite] switch
        {
            "same-origin" or "none" => origin is null or "null" || IsOurs(origin), // "null" when the page sends no referrer
            null => !isGet && IsOurs(origin),
            _ => false,
        };

        bool IsOurs(string? value) => string.Equals(value, publicOrigin, StringComparison.OrdinalIgnoreCase);
    }
}
