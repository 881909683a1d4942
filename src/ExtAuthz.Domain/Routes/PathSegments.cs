namespace ExtAuthz.Domain.Routes;

/// <summary>Looks at the segments of a path: the texts between its slashes.</summary>
internal static class PathSegments
{
    /// <summary>Whether a normalising server may read another path (RFC 3986 section 5.2.4, nginx <c>merge_slashes</c>). One trailing slash is no empty segment.</summary>
    public static bool HaveEmptyOrDot(ReadOnlySpan<char> path) =>
        path.Contains("//", StringComparison.Ordinal)
        || path.Contains("/./", StringComparison.Ordinal)
        || path.Contains("/../", StringComparison.Ordinal)
        || path.EndsWith("/.", StringComparison.Ordinal)
        || path.EndsWith("/..", StringComparison.Ordinal);
}
