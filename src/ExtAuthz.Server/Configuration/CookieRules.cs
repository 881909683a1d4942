using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for the session cookie: what no browser would store is a fault.</summary>
internal static class CookieRules
{
    public static SessionCookieSettings Apply(AuthkitOptions options, string publicOrigin, ConfigurationFaults faults)
    {
        var origin = publicOrigin is "" ? null : new Uri(publicOrigin);
        var isHttp = origin?.Scheme is "http";
        var domain = options.CookieDomain is "" ? null : options.CookieDomain;
        CheckName(options.CookieName, domain, isHttp, faults);
        CheckDomain(domain, origin, faults);
        if (options.CookieMaxAge < 1)
        {
            faults.Add(nameof(options.CookieMaxAge), "No session would outlive its first answer.", "Write seconds greater than 0; 34560000 is 400 days.");
        }

        if (options.CookieSameSite is SameSite.None && isHttp && origin is { IsLoopback: false }) // browsers keep Secure cookies of localhost
        {
            faults.Add(nameof(options.CookieSameSite), "Browsers refuse SameSite=None without https.", "Serve the site over https, or write Lax.");
        }

        return new SessionCookieSettings(options.CookieName, domain, TimeSpan.FromSeconds(options.CookieMaxAge), options.CookieSameSite, !isHttp) { Chunking = options.CookieChunking };
    }

    private static void CheckName(string name, string? domain, bool isHttp, ConfigurationFaults faults)
    {
        const string option = nameof(AuthkitOptions.CookieName);
        var isHostOnly = name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase);
        if (!HttpToken.IsToken(name))
        {
            faults.Add(option, "It is not a cookie name.", "Use letters, digits, - and _ (RFC 6265 section 4.1.1).");
        }
        else if (name.StartsWith("wos-auth-verifier", StringComparison.Ordinal) || name is "workos-access-token")
        {
            faults.Add(option, "AuthKit uses this name for another cookie.", "Choose another name; AuthKit's own is wos-session.");
        }
        else if (isHostOnly && domain is not null)
        {
            faults.Add(option, "Browsers refuse a __Host- cookie with a Domain.", $"Drop the prefix, or {SettingName.Section}:{nameof(AuthkitOptions.CookieDomain)}.");
        }
        else if (isHttp && (isHostOnly || name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase)))
        {
            faults.Add(option, "Browsers refuse a __Host- or __Secure- cookie without https.", "Serve the site over https, or drop the prefix.");
        }
    }

    private static void CheckDomain(string? domain, Uri? origin, ConfigurationFaults faults)
    {
        const string option = nameof(AuthkitOptions.CookieDomain);
        var name = domain?.TrimStart('.');
        if (name is null || origin is null)
        {
            return;
        }

        if (Uri.CheckHostName(name) is not UriHostNameType.Dns || !name.Contains('.'))
        {
            faults.Add(option, "It is not a domain that a browser would accept.", "Write a domain such as example.com, or leave it out for a cookie of this host alone.");
        }
        else if (!$".{origin.Host}".EndsWith($".{name}", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(option, $"The site's host {origin.Host} is not in this domain, so browsers refuse the cookie.", "Write the host's own domain or a parent of it, or leave it out.");
        }
    }
}
