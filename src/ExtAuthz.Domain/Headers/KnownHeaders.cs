namespace ExtAuthz.Domain.Headers;

/// <summary>Finds a <see cref="KnownHeader"/> by its name on the wire.</summary>
public static class KnownHeaders
{
    /// <summary>How many there are.</summary>
    public const int Count = (int)KnownHeader.XRequestedWith + 1;

    /// <summary>Looks a lower-case name up; Envoy has lower-cased every name it sends.</summary>
    /// <param name="name">The header name in ASCII bytes.</param>
    /// <param name="header">The header found.</param>
    public static bool TryFind(ReadOnlySpan<byte> name, out KnownHeader header)
    {
        KnownHeader? found = name.Length switch
        {
            3 when name.SequenceEqual("rsc"u8) => KnownHeader.Rsc,
            6 when name.SequenceEqual("cookie"u8) => KnownHeader.Cookie,
            6 when name.SequenceEqual("accept"u8) => KnownHeader.Accept,
            6 when name.SequenceEqual("origin"u8) => KnownHeader.Origin,
            7 when name.SequenceEqual("upgrade"u8) => KnownHeader.Upgrade,
            7 when name.SequenceEqual("purpose"u8) => KnownHeader.Purpose,
            11 when name.SequenceEqual("sec-purpose"u8) => KnownHeader.SecPurpose,
            12 when name.SequenceEqual("content-type"u8) => KnownHeader.ContentType,
            12 when name.SequenceEqual("x-request-id"u8) => KnownHeader.XRequestId,
            13 when name.SequenceEqual("authorization"u8) => KnownHeader.Authorization,
            14 when name.SequenceEqual("sec-fetch-dest"u8) => KnownHeader.SecFetchDest,
            14 when name.SequenceEqual("sec-fetch-mode"u8) => KnownHeader.SecFetchMode,
            14 when name.SequenceEqual("sec-fetch-site"u8) => KnownHeader.SecFetchSite,
            16 when name.SequenceEqual("x-requested-with"u8) => KnownHeader.XRequestedWith,
            20 when name.SequenceEqual("next-router-prefetch"u8) => KnownHeader.NextRouterPrefetch,
            22 when name.SequenceEqual("next-router-state-tree"u8) => KnownHeader.NextRouterStateTree,
            29 when name.SequenceEqual("access-control-request-method"u8) => KnownHeader.AccessControlRequestMethod,
            _ => null,
        };
        header = found.GetValueOrDefault();
        return found is not null;
    }
}
