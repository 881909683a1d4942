using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using ExtAuthz.Server.Tokens;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for the provider: who we are there, and where it is.</summary>
internal static class WorkOSRules
{
    public static WorkOSSettings Apply(AuthkitOptions options, ConfigurationFaults faults)
    {
        Credential.Check(nameof(options.ClientId), options.ClientId, "Copy the client ID from the WorkOS dashboard (client_…).", faults);
        Credential.Check(nameof(options.ApiKey), options.ApiKey, "Copy an API key from the WorkOS dashboard (sk_…).", faults);
        foreach (var (index, issuer) in options.Issuer.Index())
        {
            WebAddress.Read(ConfigurationPath.Combine(nameof(options.Issuer), $"{index}"), issuer, options.UnsafeAllowHttp, faults);
        }

        var baseUrl = ReadBaseUrl(options, faults);
        var clientId = options.ClientId ?? "";
        return new WorkOSSettings(baseUrl, clientId, new ApiKey(options.ApiKey ?? ""), options.RedirectUri ?? "", IssuersOf(options, baseUrl, clientId));
    }

    private static string ReadBaseUrl(AuthkitOptions options, ConfigurationFaults faults)
    {
        const string option = nameof(options.ApiHostname);
        if (options.ApiPort is < 1 or > 65535)
        {
            faults.Add(nameof(options.ApiPort), "It is not a port.", "Write a number from 1 to 65535, or leave it out.");
            return "";
        }

        var baseUrl = WorkOSUrls.Base(options.ApiHostname, options.ApiPort, options.ApiHttps);
        if (options.ApiHostname is not "" && !IsHost(options.ApiHostname))
        {
            faults.Add(option, "It is not a host name.", $"Write the name alone; scheme and port are {SettingName.Section}:{nameof(options.ApiHttps)} and {SettingName.Section}:{nameof(options.ApiPort)}.");
        }
        else if (WebAddress.Read(option, baseUrl, options.UnsafeAllowHttp, faults) is { } url && IsLinkLocal(url))
        {
            faults.Add(option, "It is a link-local address, where clouds keep their credentials.", "Write the host name of WorkOS' API.");
        }

        return baseUrl;
    }

    private static bool IsHost(string host) =>
        Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 || (host.StartsWith('[') && Uri.CheckHostName(host) is UriHostNameType.IPv6);

    private static bool IsLinkLocal(Uri url) => IPAddress.TryParse(url.IdnHost, out var address)
        && (address.IsIPv6LinkLocal || (Unmapped(address) is { AddressFamily: AddressFamily.InterNetwork } four && four.GetAddressBytes() is [169, 254, ..]));

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static ImmutableArray<string> IssuersOf(AuthkitOptions options, string baseUrl, string clientId) =>
        options.Issuer.Count > 0 ? [.. options.Issuer] : [.. TokenRules.WorkOSIssuers(baseUrl, clientId)];
}
