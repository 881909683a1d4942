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
        CheckEndpoints(options, redirectUri, publicOrigin, faults);
        if (options.SignOutReturnTo is not "")
        {
            CheckPath(nameof(options.SignOutReturnTo), options.SignOutReturnTo, publicOrigin, faults);
        }

        return new Site
        {
            PublicOrigin = publicOrigin,
            RedirectUri = options.RedirectUri ?? "",
            CallbackPath = redirectUri?.AbsolutePath ?? "",
            HandlesCallback = options.Callback is CallbackHandling.Handle,
            SignInPath = Given(options.SignInPath),
            SignUpPath = Given(options.SignUpPath),
            SignOutPath = Given(options.SignOutPath),
            SignOutReturnTo = Given(options.SignOutReturnTo),
            SwitchOrganizationPath = Given(options.SwitchOrganizationPath),
            SessionPath = Given(options.SessionPath),
            BackChannelLogoutPath = IsOpenIdConnect(options) ? Given(options.OpenIdConnect.BackChannelLogoutPath) : null,
            FrontChannelLogoutPath = IsOpenIdConnect(options) ? Given(options.OpenIdConnect.FrontChannelLogoutPath) : null,
            Issuer = IsOpenIdConnect(options) ? options.OpenIdConnect.Issuer : null,
            ReturnPathname = options.ReturnPathname,
            ProtectsRoutes = options.MiddlewareAuth.Enabled,
            UnauthenticatedPaths = PathRules.ReadUnauthenticatedPaths(options.MiddlewareAuth, faults),
            RecentAuthentication = PathRules.ReadRecentAuthentication(options.RecentAuthentication, faults),
            SignUpPaths = PathRules.ReadSignUpPaths(options.SignUpPaths, faults),
            SignUpPathsHeader = options.SignUpPaths.Count is 0 ? null : string.Join(',', options.SignUpPaths),
            UnauthenticatedResponse = options.UnauthenticatedResponse,
            EagerAuth = options.EagerAuth,
            RefreshBuffer = RefreshRules.ReadBuffer(options, faults),
            Cookie = CookieRules.Apply(options, publicOrigin, faults),
            ForwardSession = options.ForwardSession,
            IdentityHeaders = IdentityHeaderRules.Apply(options.IdentityHeaders, faults),
        };
    }

    private static bool IsOpenIdConnect(AuthkitOptions options) => options.Provider is IdentityProviderKind.OpenIdConnect;

    private static string? Given(string path) => path is "" ? null : path;

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

    private static void CheckEndpoints(AuthkitOptions options, Uri? redirectUri, string publicOrigin, ConfigurationFaults faults)
    {
        (string Option, string Path)[] endpoints =
        [
            (nameof(options.SignInPath), options.SignInPath),
            (nameof(options.SignUpPath), options.SignUpPath),
            (nameof(options.SignOutPath), options.SignOutPath),
            (nameof(options.SwitchOrganizationPath), options.SwitchOrganizationPath),
            (nameof(options.SessionPath), options.SessionPath),
            .. IsOpenIdConnect(options) ? OpenIdConnectRules.Endpoints(options.OpenIdConnect) : [],
        ];
        var taken = new HashSet<string>(StringComparer.Ordinal) { "/", redirectUri?.AbsolutePath ?? "/" };
        foreach (var (option, path) in endpoints.Where(endpoint => endpoint.Path is not ""))
        {
            CheckPath(option, path, publicOrigin, faults);
            if (path.Contains('?') || !taken.Add(path))
            {
                faults.Add(option, "It is the start page, the callback or another of our endpoints, or has a query.", "Write a path of its own, or leave it empty to switch it off.");
            }
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
