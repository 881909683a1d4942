using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Routes;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain;

/// <summary>One public origin and its rules, read once from the configuration.</summary>
public sealed record Site
{
    /// <summary>What the browser's address bar shows: scheme and authority, without a trailing slash. Never taken from a request.</summary>
    public required string PublicOrigin { get; init; }

    /// <summary>Where the provider sends the browser back to, absolute.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>The path of <see cref="RedirectUri"/>.</summary>
    public required string CallbackPath { get; init; }

    /// <summary>Whether the callback is answered here; otherwise the upstream has an SDK that does.</summary>
    public bool HandlesCallback { get; init; } = true;

    /// <summary>Where a browser may start a sign-in; null when no path of ours does.</summary>
    public string? SignInPath { get; init; }

    /// <summary>Where a browser may start a sign-up; null when no path of ours does.</summary>
    public string? SignUpPath { get; init; }

    /// <summary>Where a browser signs out; null when no path of ours does.</summary>
    public string? SignOutPath { get; init; }

    /// <summary>Where a user changes to another organisation; null when no path of ours does.</summary>
    public string? SwitchOrganizationPath { get; init; }

    /// <summary>Where a script reads who is signed in; null when no path of ours tells.</summary>
    public string? SessionPath { get; init; }

    /// <summary>Where the provider posts logout tokens; null when no path of ours takes any.</summary>
    public string? BackChannelLogoutPath { get; init; }

    /// <summary>What a page of the provider loads in a frame to end a session; null when no path of ours does.</summary>
    public string? FrontChannelLogoutPath { get; init; }

    /// <summary>The issuer of an OpenID Connect provider, byte for byte; null for WorkOS.</summary>
    public string? Issuer { get; init; }

    /// <summary>Whether paths need a session unless they are listed as unauthenticated (AuthKit's <c>middlewareAuth.enabled</c>).</summary>
    public bool ProtectsRoutes { get; init; } = true;

    /// <summary>Paths that need no session.</summary>
    public required PathPatternSet UnauthenticatedPaths { get; init; }

    /// <summary>Paths that want a user who signed in a short while ago.</summary>
    public RecentAuthenticationPolicy RecentAuthentication { get; init; } = new();

    /// <summary>Paths whose sign-in starts with the sign-up screen.</summary>
    public required PathPatternSet SignUpPaths { get; init; }

    /// <summary>The sign-up patterns as AuthKit tells them to the upstream, joined by commas; null when there are none.</summary>
    public string? SignUpPathsHeader { get; init; }

    /// <summary>The session cookie.</summary>
    public required SessionCookieSettings Cookie { get; init; }

    /// <summary>Whether documents get the access token in a short-lived cookie that scripts can read.</summary>
    public bool EagerAuth { get; init; }

    /// <summary>A fixed refresh buffer; null takes AuthKit's rule, spread; zero never refreshes ahead.</summary>
    public TimeSpan? RefreshBuffer { get; init; }

    /// <summary>How signed-out requests are answered.</summary>
    public UnauthenticatedResponse UnauthenticatedResponse { get; init; }

    /// <summary>What <c>x-workos-session</c> tells the upstream.</summary>
    public ForwardSession ForwardSession { get; init; }

    /// <summary>The plain identity headers.</summary>
    public IdentityHeaderNames IdentityHeaders { get; init; } = new();

    /// <summary>Where a sign-in ends that did not say where it came from.</summary>
    public string ReturnPathname { get; init; } = "/";

    /// <summary>Where a sign-out ends that did not say where; null leaves that to the provider.</summary>
    public string? SignOutReturnTo { get; init; } = "/";

    /// <summary>The safe form of a wanted return path: never another host, never one of our own endpoints.</summary>
    public ReturnPath ReturnPathOf(string? wanted) =>
        ReturnPath.From(wanted, PublicOrigin, new[] { CallbackPath, SignInPath, SignUpPath, SignOutPath, SwitchOrganizationPath, SessionPath, BackChannelLogoutPath, FrontChannelLogoutPath }.OfType<string>().ToHashSet(StringComparer.Ordinal));
}
