using System.Collections.Immutable;

namespace ExtAuthz.Domain.Headers;

/// <summary>Keeps what depends on a session out of every cache, as the AuthKit middleware does and as its documentation says (<c>Pragma</c>).</summary>
public static class CacheHeaders
{
    private static readonly ImmutableArray<ResponseHeader> ForCookie = Build("Cookie");
    private static readonly ImmutableArray<ResponseHeader> ForCookieAndAuthorization = Build("Cookie, Authorization");

    /// <summary>The headers for an answer that depended on a session or could have.</summary>
    /// <param name="hasAuthorization">Whether the request carried an <c>Authorization</c> header.</param>
    public static ImmutableArray<ResponseHeader> Private(bool hasAuthorization) => hasAuthorization ? ForCookieAndAuthorization : ForCookie;

    /// <summary>The header for an answer that sets a cookie but depends on no session.</summary>
    public static ResponseHeader NoStore { get; } = new("cache-control", "no-store");

    private static ImmutableArray<ResponseHeader> Build(string vary) =>
    [
        new("cache-control", "private, no-cache, no-store, must-revalidate, max-age=0"),
        new("pragma", "no-cache"),
        new("vary", vary, Added: true),
        new("x-middleware-cache", "no-cache"),
    ];
}
