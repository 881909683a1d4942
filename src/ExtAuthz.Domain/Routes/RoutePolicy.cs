namespace ExtAuthz.Domain.Routes;

/// <summary>Decides by the path alone whether a request needs a session. A path that two servers may read differently is never public.</summary>
/// <param name="unauthenticatedPaths">The paths that need no session.</param>
/// <param name="rawHeaders">
/// Whether Envoy sends header bytes as they arrived (<c>encode_raw_headers</c>). Without it Envoy writes <c>!</c> for bytes that are not UTF-8,
/// so a path with <c>!</c> is not public.
/// </param>
public sealed class RoutePolicy(PathPatternSet unauthenticatedPaths, bool rawHeaders)
{
    /// <summary>The class of a request with this target.</summary>
    public PathClass Classify(RequestTarget target) => PathShapeReader.Read(target) switch
    {
        PathShape.Plain when IsPublic(target.Path) => PathClass.Public,
        PathShape.Plain or PathShape.Ambiguous => PathClass.Protected,
        _ => PathClass.Rejected,
    };

    private bool IsPublic(ReadOnlySpan<char> path) => (rawHeaders || !path.Contains('!')) && unauthenticatedPaths.Matches(path);
}
