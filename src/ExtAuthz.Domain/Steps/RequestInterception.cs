using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 1: Envoy intercepted the request; where is it going? The path decides, never a header.</summary>
public sealed class RequestInterception(Site site)
{
    private static readonly Route Rejected = new Route.Rejected();
    private static readonly Route Callback = new Route.Callback();
    private static readonly Route SignIn = new Route.SignIn();
    private static readonly Route OpenPage = new Route.Page(NeedsSession: false);
    private static readonly Route ProtectedPage = new Route.Page(NeedsSession: true);

    private readonly string _authority = site.PublicOrigin[(site.PublicOrigin.IndexOf("://", StringComparison.Ordinal) + 3)..];
    private readonly string _defaultPort = site.PublicOrigin.StartsWith("https:", StringComparison.Ordinal) ? ":443" : ":80";
    private readonly RoutePolicy _policy = new(site.UnauthenticatedPaths);

    /// <summary>The route of a request.</summary>
    public Route RouteOf(IncomingRequest request)
    {
        var pathClass = _policy.Classify(request.Target, request.HasRawHeaders);
        if (pathClass is PathClass.Rejected)
        {
            return Rejected;
        }

        var path = request.Target.Path;
        if (path.SequenceEqual(site.CallbackPath) && IsOurHost(request.Host))
        {
            return site.HandlesCallback ? Callback : OpenPage;
        }

        if (site.SignInPath is { } signInPath && path.SequenceEqual(signInPath) && IsOurHost(request.Host))
        {
            return SignIn;
        }

        return site.ProtectsRoutes && pathClass is PathClass.Protected ? ProtectedPage : OpenPage;
    }

    private bool IsOurHost(string host) =>
        host.Equals(_authority, StringComparison.OrdinalIgnoreCase)
        || (host.Length == _authority.Length + _defaultPort.Length
            && host.StartsWith(_authority, StringComparison.OrdinalIgnoreCase)
            && host.EndsWith(_defaultPort, StringComparison.Ordinal));
}
