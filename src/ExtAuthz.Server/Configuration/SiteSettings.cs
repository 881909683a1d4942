using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Server.Configuration;

/// <summary>The site that browsers see, and its sign-in.</summary>
/// <param name="PublicOrigin">Scheme, host and port of the site, as browsers spell it.</param>
/// <param name="RedirectUri">Where WorkOS sends users back to, as written.</param>
/// <param name="Callback">Who answers the redirect URI.</param>
/// <param name="ReturnPathname">Where a user goes after a sign-in that began nowhere in particular.</param>
/// <param name="ProtectPaths">Whether paths need a session at all.</param>
/// <param name="UnauthenticatedPaths">The paths that do not; the callback is not among them unless it is written there.</param>
/// <param name="SignUpPaths">The paths whose visitors see the sign-up screen first.</param>
/// <param name="UnauthenticatedResponse">How the others are answered.</param>
/// <param name="EagerAuth">Whether documents get the access token in a cookie that scripts can read.</param>
/// <param name="RefreshBuffer">How long before its end a token is refreshed: zero never, null by AuthKit's rule (60 s, or 30 s for tokens of at most 5 minutes).</param>
internal sealed record SiteSettings(
    string PublicOrigin,
    string RedirectUri,
    CallbackHandling Callback,
    string ReturnPathname,
    bool ProtectPaths,
    PathPatternSet UnauthenticatedPaths,
    PathPatternSet SignUpPaths,
    UnauthenticatedResponse UnauthenticatedResponse,
    bool EagerAuth,
    TimeSpan? RefreshBuffer);
