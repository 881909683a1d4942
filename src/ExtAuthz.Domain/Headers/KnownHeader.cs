namespace ExtAuthz.Domain.Headers;

/// <summary>The request headers that a decision may depend on. Everything else passes unread.</summary>
public enum KnownHeader
{
    /// <summary><c>accept</c></summary>
    Accept,

    /// <summary><c>access-control-request-method</c>: a CORS preflight.</summary>
    AccessControlRequestMethod,

    /// <summary><c>authorization</c>: only its presence counts.</summary>
    Authorization,

    /// <summary><c>content-type</c></summary>
    ContentType,

    /// <summary><c>cookie</c>: kept line by line.</summary>
    Cookie,

    /// <summary><c>next-router-prefetch</c></summary>
    NextRouterPrefetch,

    /// <summary><c>next-router-state-tree</c></summary>
    NextRouterStateTree,

    /// <summary><c>origin</c> (Fetch standard): the site whose page sent the request.</summary>
    Origin,

    /// <summary><c>purpose</c></summary>
    Purpose,

    /// <summary><c>rsc</c>: a React server component request.</summary>
    Rsc,

    /// <summary><c>sec-fetch-dest</c></summary>
    SecFetchDest,

    /// <summary><c>sec-fetch-mode</c></summary>
    SecFetchMode,

    /// <summary><c>sec-fetch-site</c> (W3C Fetch Metadata): whose page caused the request.</summary>
    SecFetchSite,

    /// <summary><c>sec-purpose</c></summary>
    SecPurpose,

    /// <summary><c>upgrade</c></summary>
    Upgrade,

    /// <summary><c>x-request-id</c>: for logs only.</summary>
    XRequestId,

    /// <summary><c>x-requested-with</c></summary>
    XRequestedWith,
}
