namespace ExtAuthz.Domain.Routes;

/// <summary>Decides by the path alone whether a request needs a session. A path that two servers may read differently is never public.</summary>
/// <param name="unauthenticatedPaths">The paths that need no session.</param>
public sealed class RoutePolicy(PathPatternSet unauthenticatedPaths)
{
    /// <summary>The class of a request with this target.</summary>
    /// <param name="target">The request target as Envoy reports it.</param>
    /// <param name="hasRawHeaders">
    /// Whether Envoy sent bytes as they arrived (<c>encode_raw_headers</c>). Otherwise it writes <c>!</c> for bytes that are not UTF-8,
    /// so a path with <c>!</c> is not public.
    /// </param>
    public PathClass Classify(RequestTarget target, bool hasRawHeaders) => PathShapeReader.Read(target) switch
    {
        PathShape.Plain when IsPublic(target.Path, hasRawHeaders) => PathClass.Public,
        PathShape.Plain or PathShape.Ambiguous => PathClass.Protected,
        _ => PathClass.Rejected,
    };

    private bool IsPublic(string path, bool hasRawHeaders) => (hasRawHeaders || !path.Contains('!')) && unauthenticatedPaths.Matches(path);
}
