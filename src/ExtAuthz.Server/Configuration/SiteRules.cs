using System.Collections.Frozen;
using ExtAuthz.Domain;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for the public site, its sign-in and its paths.</summary>
internal static class SiteRules
{
    public static Site Apply(AuthkitOptions options, ConfigurationFaults faults)
    {
        var redirectUri = ReadRedirectUri(options, faults);
        var publicOrigin = ReadPublicOrigin(options, redirectUri, faults);
        CheckPath(nameof(options.ReturnPathname), options.ReturnPathname, publicOrigin, faults);
        CheckSignInPath(options, redirectUri, publicOrigin, faults);
        if (options.RefreshBufferSeconds < 0)
        {
            faults.Add(nameof(options.RefreshBufferSeconds), "It is negative.", "Write seconds; 0 never refreshes ahead, and without it AuthKit's rule of 60 or 30 seconds holds.");
        }

        return new Site
        {
            PublicOrigin = publicOrigin,
            RedirectUri = options.RedirectUri ?? "",
            CallbackPath = redirectUri?.AbsolutePath ?? "",
            HandlesCallback = options.Callback is CallbackHandling.Handle,
            SignInPath = options.SignInPath is "" ? null : options.SignInPath,
            ReturnPathname = options.ReturnPathname,
            ProtectsRoutes = options.MiddlewareAuth.Enabled,
            UnauthenticatedPaths = PathRules.ReadUnauthenticatedPaths(options.MiddlewareAuth, faults),
            SignUpPaths = PathRules.ReadSignUpPaths(options.SignUpPaths, faults),
            SignUpPathsHeader = options.SignUpPaths.Count is 0 ? null : string.Join(',', options.SignUpPaths),
            UnauthenticatedResponse = options.UnauthenticatedResponse,
            EagerAuth = options.EagerAuth,
            RefreshBuffer = options.RefreshBufferSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Cookie = CookieRules.Apply(options, publicOrigin, faults),
            ForwardSession = options.ForwardSession,
            IdentityHeaders = IdentityHeaderRules.Apply(options.IdentityHeaders, faults),
        };
    }

    private static Uri? ReadRedirectUri(AuthkitOptions options, ConfigurationFaults faults)
    {
        const string option = nameof(options.RedirectUri);
        if (string.IsNullOrEmpty(options.RedirectUri))
        {
            faults.Add(option, "You must provide a redirect URI in the middleware or environment.", "Write the callback URL registered at WorkOS, such as https://app.example.com/callback.");
            return null;
        }

        var url = WebAddress.Read(option, options.RedirectUri, options.UnsafeAllowHttp, faults);
        if (url is { AbsolutePath: "/" } && options.Callback is CallbackHandling.Handle)
        {
            faults.Add(option, "Its path is the start page, which would then only ever be the callback.", $"Add a path, such as /callback, or set {SettingName.Section}:{nameof(options.Callback)} to {nameof(CallbackHandling.PassThrough)}.");
        }

        return url;
    }

    private static string ReadPublicOrigin(AuthkitOptions options, Uri? redirectUri, ConfigurationFaults faults)
    {
        const string option = nameof(options.PublicOrigin);
        if (string.IsNullOrEmpty(options.PublicOrigin))
        {
            return redirectUri is null ? "" : WebAddress.OriginOf(redirectUri);
        }

        if (WebAddress.Read(option, options.PublicOrigin, options.UnsafeAllowHttp, faults) is not { } url)
        {
            return "";
        }

        if (url.PathAndQuery is not "/")
        {
            faults.Add(option, "It has a path or a query.", $"Write the origin alone: {WebAddress.OriginOf(url)}.");
        }

        return WebAddress.OriginOf(url);
    }

    private static void CheckSignInPath(AuthkitOptions options, Uri? redirectUri, string publicOrigin, ConfigurationFaults faults)
    {
        const string option = nameof(options.SignInPath);
        if (options.SignInPath is "")
        {
            return;
        }

        CheckPath(option, options.SignInPath, publicOrigin, faults);
        if (options.SignInPath is "/" || options.SignInPath.Contains('?') || string.Equals(options.SignInPath, redirectUri?.AbsolutePath, StringComparison.Ordinal))
        {
            faults.Add(option, "It is the start page, the callback, or has a query.", "Write a path of its own, such as /sign-in, or leave it empty to start no sign-in at a path.");
        }
    }

    private static void CheckPath(string option, string path, string publicOrigin, ConfigurationFaults faults)
    {
        if (!string.Equals(ReturnPath.From(path, publicOrigin, FrozenSet<string>.Empty).Value, path, StringComparison.Ordinal))
        {
            faults.Add(option, "It is not a path of this site.", "Write a plain path, such as / or /dashboard.");
        }
    }
}
