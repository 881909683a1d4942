using System.Net;
using System.Text;

namespace ExtAuthz.Server.Configuration;

/// <summary>Tells the operator once, at start, what is in force. Holds no secret.</summary>
internal static class StartupSummary
{
    public static void Write(ILogger logger, AuthkitSettings settings)
    {
        foreach (var site in settings.Sites)
        {
            Write(logger, site);
        }

        if (settings.Redis is { } redis)
        {
            Log.RedisConfigured(logger, redis.Servers, redis.KeyPrefix);
            if (redis.NamePassword is null && settings.Sites.Any(site => site.Passwords.HasSeveral))
            {
                Log.UnsafeSetting(logger, SettingName.Of("Redis:NamePassword"), "without it replicas that seal with different cookie passwords share neither sign-outs nor refreshes.");
            }
        }

        if (settings.Operations is { } operations)
        {
            Log.OperationsConfigured(logger, operations.EndPoint.ToString());
        }

        var grpc = settings.Grpc;
        Log.GrpcConfigured(logger, grpc.EndPoint.ToString(), grpc.Tls switch { null => "cleartext", { ClientCaPath: null } => "TLS", _ => "mutual TLS" });
        if (grpc.Tls is null && !IPAddress.IsLoopback(grpc.EndPoint.Address))
        {
            Log.UnsafeSetting(logger, SettingName.Of("Grpc:Address"), "other machines can reach the port in cleartext; allow Envoy alone by network policy, or use TLS.");
        }
    }

    private static void Write(ILogger logger, SiteSettings settings)
    {
        var (site, cookie) = (settings.Site, settings.Site.Cookie);
        Log.SiteConfigured(logger, site.PublicOrigin, settings.Hosts.IsEmpty ? "every host" : string.Join(", ", settings.Hosts), site.RedirectUri, site.HandlesCallback, site.ProtectsRoutes, site.UnauthenticatedResponse);
        Log.CookieConfigured(logger, cookie.Name, cookie.Domain ?? "of the host alone", cookie.MaxAge, cookie.SameSite, cookie.Secure, Encoding.ASCII.GetString(settings.Passwords.Sealing.Id));
        if (settings.WorkOS is { } workOS)
        {
            Log.ProviderConfigured(logger, workOS.BaseUrl, workOS.ClientId, string.Join(", ", workOS.Issuers.Order(StringComparer.Ordinal)));
        }

        if (settings.OpenIdConnect is { } provider)
        {
            Log.OpenIdConnectConfigured(logger, provider.Issuer, provider.ClientId, provider.ClientAuthentication, provider.Audience);
        }

        if (!site.ProtectsRoutes)
        {
            Log.UnsafeSetting(logger, SettingName.Of("MiddlewareAuth:Enabled"), $"no path of {site.PublicOrigin} needs a session; upstreams must check the identity headers themselves.");
        }

        if (IsCleartext(site.PublicOrigin) || (settings.WorkOS is { } api && IsCleartext(api.BaseUrl)))
        {
            Log.UnsafeSetting(logger, SettingName.Of(nameof(AuthkitOptions.UnsafeAllowHttp)), $"sessions of {site.PublicOrigin} or our API key travel in cleartext.");
        }
    }

    private static bool IsCleartext(string origin) => new Uri(origin) is { Scheme: "http", IsLoopback: false };
}
