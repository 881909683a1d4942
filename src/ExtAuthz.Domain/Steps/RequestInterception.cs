using System.Collections.Frozen;
using ExtAuthz.Domain.Routes;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 1: Envoy intercepted the request; where is it going? The path decides, never a header.</summary>
public sealed class RequestInterception(Site site)
{
    private static readonly Route Rejected = new Route.Rejected();
    private static readonly Route OpenPage = new Route.Page(NeedsSession: false);
    private static readonly Route ProtectedPage = new Route.Page(NeedsSession: true);

    private readonly string _authority = site.PublicOrigin[(site.PublicOrigin.IndexOf("://", StringComparison.Ordinal) + 3)..];
    private readonly string _defaultPort = site.PublicOrigin.StartsWith("https:", StringComparison.Ordinal) ? ":443" : ":80";
    private readonly RoutePolicy _policy = new(site.UnauthenticatedPaths);
    private readonly FrozenDictionary<string, Endpoint> _endpoints = EndpointsOf(site);

    /// <summary>The route of a request.</summary>
    public Route RouteOf(IncomingRequest request)
    {
        var pathClass = _policy.Classify(request.Target, request.HasRawHeaders);
        if (pathClass is PathClass.Rejected)
        {
            return Rejected;
        }

        if (_endpoints.TryGetValue(request.Target.Path, out var endpoint) && IsOurHost(request.Host))
        {
            return endpoint.For(request.Method);
        }

        return site.RecentAuthentication.MaxAgeOf(request.Target, request.HasRawHeaders) is { } maxAge ? new Route.Page(NeedsSession: true, maxAge)
            : site.ProtectsRoutes && pathClass is PathClass.Protected ? ProtectedPage
            : OpenPage;
    }

    // A callback spends the code, so it is not safe and HEAD must not reach it (RFC 9110 section 9.2.1).
    private static FrozenDictionary<string, Endpoint> EndpointsOf(Site site) => new (string? Path, Endpoint Endpoint)[]
    {
        (site.CallbackPath, site.HandlesCallback ? new Endpoint(new Route.Callback(), "GET") : new Endpoint(OpenPage)),
        (site.SignInPath, new Endpoint(new Route.SignIn(site.SignInPath is { } path && site.SignUpPaths.Matches(path) ? ScreenHint.SignUp : ScreenHint.SignIn), "GET", "HEAD")),
        (site.SignUpPath, new Endpoint(new Route.SignIn(ScreenHint.SignUp), "GET", "HEAD")),
        (site.SignOutPath, new Endpoint(new Route.SignOut(), "GET", "POST")),
        (site.SwitchOrganizationPath, new Endpoint(new Route.SwitchOrganization(), "GET", "POST")),
        (site.SessionPath, new Endpoint(new Route.SessionStatus(), "GET")),
        (site.BackChannelLogoutPath, new Endpoint(new Route.BackChannelLogout(), "POST")),
        (site.FrontChannelLogoutPath, new Endpoint(new Route.FrontChannelLogout(), "GET")),
    }.Where(entry => entry.Path is not null).ToFrozenDictionary(entry => entry.Path!, entry => entry.Endpoint, StringComparer.Ordinal); // null ones are left out

    private bool IsOurHost(string host) =>
        host.Equals(_authority, StringComparison.OrdinalIgnoreCase)
        || (host.Length == _authority.Length + _defaultPort.Length
            && host.StartsWith(_authority, StringComparison.OrdinalIgnoreCase)
            && host.EndsWith(_defaultPort, StringComparison.Ordinal));
}
