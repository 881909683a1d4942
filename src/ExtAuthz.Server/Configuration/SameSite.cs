namespace ExtAuthz.Server.Configuration;

/// <summary>The <c>SameSite</c> attribute of cookies (RFC 6265bis section 4.1.2.7).</summary>
internal enum SameSite
{
    Lax,
    Strict,
    None,
}
