using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 1: Envoy intercepted the request; where is it going? The path decides, never a header.</summary>
public sealed class RequestInterception(Site site)
{
    private static readonly Route Rejected = new Route.Rejected();
    private static readonly Route Callback = new Route.Callback();
    private static readonly Route SignIn = new Route.SignIn();

    // A callback spends the code, so it is not safe and HEAD must not reach it (RFC 9110 section 9.2.1).
    private static readonly Route CallbackMethodOnly = new Route.WrongMethod("GET");
    private static readonly Route SignInMethodsOnly = new Route.WrongMethod("GET, HEAD");
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

        if (IsOurs(request, site.CallbackPath))
        {
            return !site.HandlesCallback ? OpenPage : request.Method is "GET" ? Callback : CallbackMethodOnly;
        }

        if (IsOurs(request, site.SignInPath))
        {
            return request.Method is "GET" or "HEAD" ? SignIn : SignInMethodsOnly;
        }

        return site.ProtectsRoutes && pathClass is PathClass.Protected ? ProtectedPage : OpenPage;
    }

    private bool IsOurs(IncomingRequest request, string? endpoint) =>
        string.Equals(request.Target.Path, endpoint, StringComparison.Ordinal) && IsOurHost(request.Host);

    private bool IsOurHost(string host) =>
        host.Equals(_authority, StringComparison.OrdinalIgnoreCase)
        || (host.Length == _authority.Length + _defaultPort.Length
            && host.StartsWith(_authority, StringComparison.OrdinalIgnoreCase)
            && host.EndsWith(_defaultPort, StringComparison.Ordinal));
}
