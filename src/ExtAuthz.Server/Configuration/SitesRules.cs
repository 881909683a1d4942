using System.Collections.Immutable;
using ExtAuthz.Domain;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for all that belongs to a site, and for several sites together.</summary>
internal static class SitesRules
{
    /// <summary>The settings of the one site there is, which answers for every host unless it names some; null after adding a fault.</summary>
    public static SiteSettings? ReadOnlySite(AuthkitOptions options, ConfigurationFaults faults) => ReadSite(options, answersForEveryHost: options.Hosts.Count is 0, faults);

    /// <summary>The settings of several sites, each with a host of its own; null for one after adding a fault.</summary>
    public static IEnumerable<SiteSettings?> ReadSites(ImmutableArray<WrittenSite> written)
    {
        var (read, neighbours) = (new List<SiteSettings?>(), new SiteNeighbours());
        foreach (var site in written)
        {
            var options = new OptionsReader(site.Faults).Read(site.Settings);
            var settings = ReadSite(options, answersForEveryHost: false, site.Faults);
            if (settings is { Site.PublicOrigin: not "" })
            {
                neighbours.Add(site.Name, options, settings, site.Faults);
            }

            read.Add(settings);
        }

        return read;
    }

    private static SiteSettings? ReadSite(AuthkitOptions options, bool answersForEveryHost, ConfigurationFaults faults)
    {
        var site = SiteRules.Apply(options, faults);
        var hosts = ReadHosts(options, site, faults);
        var workOS = options.Provider is IdentityProviderKind.WorkOS ? WorkOSRules.Apply(options, faults) : null;
        var openIdConnect = options.Provider is IdentityProviderKind.OpenIdConnect ? OpenIdConnectRules.Apply(options, faults) : null;
        var replayWindow = RefreshRules.ReadReplayWindow(options, faults);
        var recordLife = RefreshRules.ReadRecordLife(options, faults);
        return PasswordRules.Apply(options.CookiePassword, options.CookiePasswordId, faults) is { } passwords
            ? new SiteSettings(site, answersForEveryHost ? [] : hosts, workOS, openIdConnect, passwords) { ReplayWindow = replayWindow, RecordLife = recordLife }
            : null;
    }

    private static ImmutableArray<string> ReadHosts(AuthkitOptions options, Site site, ConfigurationFaults faults)
    {
        foreach (var (index, host) in options.Hosts.Index().Where(entry => !IsAuthority(entry.Item)))
        {
            faults.Add(ConfigurationPath.Combine(nameof(options.Hosts), $"{index}"), $"{ConfigurationFaults.Quote(host)} is not a host.", "Write a name, with a port unless it is the scheme's own, such as api.example.com.");
        }

        return site.PublicOrigin is "" ? [] : [new Uri(site.PublicOrigin).Authority, .. options.Hosts];
    }

    private static bool IsAuthority(string host) => Uri.TryCreate($"https://{host}", UriKind.Absolute, out var url) && string.Equals(url.Authority, host, StringComparison.OrdinalIgnoreCase);
}
