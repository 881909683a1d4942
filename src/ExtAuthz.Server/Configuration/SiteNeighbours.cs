namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for sites that stand beside each other.</summary>
internal sealed class SiteNeighbours
{
    private readonly List<(string Name, AuthkitOptions Options, SiteSettings Settings)> _sites = [];

    /// <summary>Checks one site against those before it.</summary>
    public void Add(string name, AuthkitOptions options, SiteSettings settings, ConfigurationFaults faults)
    {
        foreach (var other in _sites)
        {
            if (settings.Hosts.Intersect(other.Settings.Hosts, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } host)
            {
                faults.Add(options.PublicOrigin is null ? nameof(options.RedirectUri) : nameof(options.PublicOrigin), $"Site {other.Name} answers for {host} already.", "Give each site hosts of its own.");
            }

            // Or a code of one provider could be sent to the other (mix-up, RFC 9700 section 4.4).
            if (string.Equals(settings.Site.RedirectUri, other.Settings.Site.RedirectUri, StringComparison.Ordinal))
            {
                faults.Add(nameof(options.RedirectUri), $"It is the callback of site {other.Name}, too.", "Give each site a callback of its own.");
            }

            if ((Reaches(settings, other.Settings) || Reaches(other.Settings, settings)) && !HaveTheSameUsers(options, other.Options))
            {
                faults.Add(nameof(options.CookieName), $"Site {other.Name} gets this cookie too and can not read it: each would delete the other's.", "Give one of them another cookie name, or both the same passwords, provider and client.");
            }
        }

        _sites.Add((name, options, settings));
    }

    /// <summary>Whether a browser sends the session cookie of one site to the other under the name that is read there.</summary>
    private static bool Reaches(SiteSettings from, SiteSettings to) =>
        string.Equals(from.Site.Cookie.Name, to.Site.Cookie.Name, StringComparison.Ordinal)
        && from.Site.Cookie.Domain is { } domain
        && $".{new Uri(to.Site.PublicOrigin).Host}".EndsWith($".{domain.TrimStart('.')}", StringComparison.OrdinalIgnoreCase);

    private static bool HaveTheSameUsers(AuthkitOptions one, AuthkitOptions other) =>
        one.Provider == other.Provider
        && string.Equals(one.ClientId, other.ClientId, StringComparison.Ordinal)
        && string.Equals(one.OpenIdConnect.Issuer, other.OpenIdConnect.Issuer, StringComparison.Ordinal)
        && string.Equals(one.OpenIdConnect.ClientId, other.OpenIdConnect.ClientId, StringComparison.Ordinal)
        && one.CookiePassword.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(other.CookiePassword.OrderBy(pair => pair.Key, StringComparer.Ordinal));
}
