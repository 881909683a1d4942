using System.Text;

namespace ExtAuthz.Server.WorkOS;

/// <summary>WorkOS' URLs, byte for byte as its Node SDK writes them.</summary>
internal static class WorkOSUrls
{
    private const string DefaultHostname = "api.workos.com";

    /// <summary>Scheme, host and port; an empty host name is WorkOS' own.</summary>
    public static string Base(string hostname, int? port, bool https) =>
        $"{(https ? "https" : "http")}://{(hostname is "" ? DefaultHostname : hostname)}{(port is null ? "" : $":{port}")}";

    /// <summary>Where a browser starts a sign-in: parameters sorted by name.</summary>
    public static string Authorize(string baseUrl, IEnumerable<KeyValuePair<string, string>> parameters) =>
        $"{baseUrl}/user_management/authorize?{string.Join('&', parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Encode(pair.Key)}={Encode(pair.Value)}"))}";

    /// <summary>Where the provider calls' tokens are bought.</summary>
    public static string Authenticate(string baseUrl) => $"{baseUrl}/user_management/authenticate";

    /// <summary>The key set of a client (RFC 7517).</summary>
    public static string Jwks(string baseUrl, string clientId) => $"{baseUrl}/sso/jwks/{clientId}";

    /// <summary>Where a browser ends a session. The SDK builds this one with the WHATWG URL class: default ports go, and the query is form-encoded.</summary>
    public static string Logout(string baseUrl, string sessionId, string? returnTo)
    {
        var url = new StringBuilder(new Uri(baseUrl).GetLeftPart(UriPartial.Authority))
            .Append("/user_management/sessions/logout?session_id=").Append(FormEncode(sessionId));
        return (returnTo is null ? url : url.Append("&return_to=").Append(FormEncode(returnTo))).ToString();
    }

    /// <summary><c>encodeURIComponent</c> with <c>+</c> for a space and <c>! ' *</c> encoded.</summary>
    private static string Encode(string text) => Uri.EscapeDataString(text)
        .Replace("%20", "+", StringComparison.Ordinal).Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal);

    /// <summary><c>application/x-www-form-urlencoded</c> of the WHATWG URL standard.</summary>
    private static string FormEncode(string text) => Uri.EscapeDataString(text)
        .Replace("%20", "+", StringComparison.Ordinal).Replace("%2A", "*", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal);
}
