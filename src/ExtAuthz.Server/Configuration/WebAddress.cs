namespace ExtAuthz.Server.Configuration;

/// <summary>Reads http(s) URLs that an operator wrote.</summary>
internal static class WebAddress
{
    /// <summary>Reads an absolute URL; null after adding a fault. Cleartext is for this machine alone, unless it is asked for by its unsafe name.</summary>
    public static Uri? Read(string option, string value, bool unsafeAllowHttp, ConfigurationFaults faults)
    {
        var (problem, fix) = FaultOf(value, unsafeAllowHttp);
        if (problem is not null)
        {
            faults.Add(option, problem, fix);
            return null;
        }

        return new Uri(value);
    }

    /// <summary>Scheme, host and port as browsers spell them: lower case, no default port (RFC 6454 section 6.2).</summary>
    public static string OriginOf(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private static (string? Problem, string Fix) FaultOf(string value, bool unsafeAllowHttp) =>
        value.AsSpan().ContainsAnyExceptInRange('!', '~') ? ("It has a space, a control character or a non-ASCII character.", "Percent-encode it; write host names in punycode.")
        : !Uri.TryCreate(value, UriKind.Absolute, out var url) || !IsHttp(url) ? ("It is not an absolute http or https URL.", "Write it in full, such as https://app.example.com/callback.")
        : url.UserInfo is not "" ? ("It has a user name or password.", "Remove what stands before the @.")
        : value.Contains('#') ? ("It has a fragment.", "Remove the # and what follows it.")
        : url.Scheme is "http" && !unsafeAllowHttp && !IsThisMachine(url) ? ("It is http, so anyone on the way can read and change it.", $"Write https, or set {SettingName.Section}:{nameof(AuthkitOptions.UnsafeAllowHttp)} on a network that you trust.")
        : (null, "");

    private static bool IsHttp(Uri url) =>
        url.Scheme is "https" or "http" && url.OriginalString.StartsWith($"{url.Scheme}://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Loopback addresses and names under <c>localhost</c> (RFC 6761 section 6.3).</summary>
    private static bool IsThisMachine(Uri url) => url.IsLoopback || url.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
