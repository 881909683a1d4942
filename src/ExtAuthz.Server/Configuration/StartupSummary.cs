using System.Net;
using System.Text;

namespace ExtAuthz.Server.Configuration;

/// <summary>Tells the operator once, at start, what is in force. Holds no secret.</summary>
internal static class StartupSummary
{
    public static void Write(ILogger logger, AuthkitSettings settings)
    {
        var (site, cookie, provider, grpc) = (settings.Site, settings.Site.Cookie, settings.WorkOS, settings.Grpc);
        Log.SiteConfigured(logger, site.PublicOrigin, site.RedirectUri, site.HandlesCallback, site.ProtectsRoutes, site.UnauthenticatedResponse);
        Log.CookieConfigured(logger, cookie.Name, cookie.Domain ?? "of the host alone", cookie.MaxAge, cookie.SameSite, cookie.Secure, Encoding.ASCII.GetString(settings.Passwords.Sealing.Id));
        Log.ProviderConfigured(logger, provider.BaseUrl, provider.ClientId, string.Join(", ", provider.Issuers.Order(StringComparer.Ordinal)));
        Log.GrpcConfigured(logger, grpc.EndPoint.ToString(), grpc.Tls switch { null => "cleartext", { ClientCaPath: null } => "TLS", _ => "mutual TLS" });
        WriteWarnings(logger, settings);
    }

    private static void WriteWarnings(ILogger logger, AuthkitSettings settings)
    {
        if (!settings.Site.ProtectsRoutes)
        {
            Log.UnsafeSetting(logger, SettingName.Of("MiddlewareAuth:Enabled"), "no path needs a session; upstreams must check the identity headers themselves.");
        }

        if (IsCleartext(settings.Site.PublicOrigin) || IsCleartext(settings.WorkOS.BaseUrl))
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
