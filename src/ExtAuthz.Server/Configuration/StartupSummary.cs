using System.Net;
using System.Text;

namespace ExtAuthz.Server.Configuration;

/// <summary>Tells the operator once, at start, what is in force. Holds no secret.</summary>
internal static class StartupSummary
{
    public static void Write(ILogger logger, AuthkitSettings settings)
    {
        var (site, cookie, grpc) = (settings.Site, settings.Site.Cookie, settings.Grpc);
        Log.SiteConfigured(logger, site.PublicOrigin, site.RedirectUri, site.HandlesCallback, site.ProtectsRoutes, site.UnauthenticatedResponse);
        Log.CookieConfigured(logger, cookie.Name, cookie.Domain ?? "of the host alone", cookie.MaxAge, cookie.SameSite, cookie.Secure, Encoding.ASCII.GetString(settings.Passwords.Sealing.Id));
        if (settings.WorkOS is { } workOS)
        {
            Log.ProviderConfigured(logger, workOS.BaseUrl, workOS.ClientId, string.Join(", ", workOS.Issuers.Order(StringComparer.Ordinal)));
        }

        if (settings.OpenIdConnect is { } provider)
        {
            Log.OpenIdConnectConfigured(logger, provider.Issuer, provider.ClientId, provider.ClientAuthentication, provider.Audience);
        }

        Log.GrpcConfigured(logger, grpc.EndPoint.ToString(), grpc.Tls switch { null => "cleartext", { ClientCaPath: null } => "TLS", _ => "mutual TLS" });
        WriteWarnings(logger, settings);
    }

    private static void WriteWarnings(ILogger logger, AuthkitSettings settings)
    {
        if (!settings.Site.ProtectsRoutes)
        {
            Log.UnsafeSetting(logger, SettingName.Of("MiddlewareAuth:Enabled"), "no path needs a session; upstreams must check the identity headers themselves.");
        }

        if (IsCleartext(settings.Site.PublicOrigin) || (settings.WorkOS is { } api && IsCleartext(api.BaseUrl)))
        {
            Log.UnsafeSetting(logger, SettingName.Of(nameof(AuthkitOptions.UnsafeAllowHttp)), "sessions or our API key travel in cleartext.");
        }

        if (settings.Grpc.Tls is null && !IPAddress.IsLoopback(settings.Grpc.EndPoint.Address))
        {
            Log.UnsafeSetting(logger, SettingName.Of("Grpc:Address"), "other machines can reach the port in cleartext; allow Envoy alone by network policy, or use TLS.");
        }
    }

    private static bool IsCleartext(string origin) => new Uri(origin) is { Scheme: "http", IsLoopback: false };
}
