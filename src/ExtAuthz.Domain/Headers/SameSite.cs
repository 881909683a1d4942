namespace ExtAuthz.Domain.Headers;

/// <summary>With which requests a browser sends a cookie across sites (RFC 6265bis section 5.6.7). The names are the values on the wire.</summary>
public enum SameSite
{
    /// <summary>With top-level navigations.</summary>
    Lax,

    /// <summary>Never.</summary>
    Strict,

    /// <summary>Always; browsers then demand <c>Secure</c>.</summary>
    None,
}
