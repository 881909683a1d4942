using System.Net;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>
/// Where a provider's endpoints may be: https, on the issuer's host or one that the operator listed, and never where clouds keep
/// their credentials. Only a provider on this machine may use cleartext and loopback addresses.
/// </summary>
internal sealed class EndpointRule(OpenIdConnectSettings settings)
{
    private readonly string _issuerHost = new Uri(settings.Issuer).IdnHost;

    /// <summary>The address of an endpoint; null when there is none or it may not be there.</summary>
    public Uri? Read(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
        && IsScheme(url)
        && url.UserInfo is ""
        && url.Fragment is ""
        && IsHost(url.IdnHost)
        && (settings.IsOnThisMachine || !IsInternal(url))
            ? url
            : null;

    /// <summary>Loopback, link-local and unspecified addresses, also where IPv6 wraps IPv4.</summary>
    public static bool IsInternal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any)
            || plain.GetAddressBytes() is [169, 254, _, _] or [0, _, _, _];
    }

    private bool IsScheme(Uri url) => url.Scheme is "https" || (url.Scheme is "http" && url.IsLoopback && settings.IsOnThisMachine);

    private bool IsHost(string host) =>
        string.Equals(host, _issuerHost, StringComparison.OrdinalIgnoreCase) || settings.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsInternal(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.IdnHost, out var address) && IsInternal(address));
}
