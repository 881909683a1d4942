using ExtAuthz.Server.OpenIdConnect;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for an OpenID Connect provider. What it says of itself is checked when it is discovered.</summary>
internal static class OpenIdConnectRules
{
    private const string Group = nameof(AuthkitOptions.OpenIdConnect);

    public static OpenIdConnectSettings? Apply(AuthkitOptions options, ConfigurationFaults faults)
    {
        var written = options.OpenIdConnect;
        var hasIssuer = IsIssuer(written.Issuer, options.UnsafeAllowHttp, faults);
        Credential.Check(Name(nameof(written.ClientId)), written.ClientId, "Write the client ID that the provider gave you.", faults);
        Credential.Check(Name(nameof(written.Audience)), written.Audience, "Write the API identifier that access tokens are issued for: their aud.", faults);
        CheckScopes(written, faults);
        foreach (var (index, host) in written.AllowedHosts.Index().Where(item => Uri.CheckHostName(item.Item) is UriHostNameType.Unknown))
        {
            faults.Add(Name(ConfigurationPath.Combine(nameof(written.AllowedHosts), $"{index}")), $"{ConfigurationFaults.Quote(host)} is not a host name.", "Write the name alone, such as keys.example.com.");
        }

        var key = ReadKey(written, faults);
        return !hasIssuer ? null : new OpenIdConnectSettings
        {
            Issuer = written.Issuer!, // checked above
            ClientId = written.ClientId ?? "",
            ClientAuthentication = written.ClientAuthentication,
            ClientSecret = new ClientSecret(written.ClientSecret ?? ""),
            ClientKey = key,
            RedirectUri = options.RedirectUri ?? "",
            Scope = written.Scopes,
            Audience = written.Audience ?? "",
            AudienceParameter = written.AudienceParameter,
            OrganizationParameter = written.OrganizationParameter,
            AllowedHosts = [.. written.AllowedHosts],
            ClaimNames = NamesOf(written.ClaimMapping),
        };
    }

    /// <summary>The paths of ours that the provider calls, by their settings.</summary>
    public static (string Option, string Path)[] Endpoints(OpenIdConnectOptions written) =>
    [
        (Name(nameof(written.BackChannelLogoutPath)), written.BackChannelLogoutPath),
        (Name(nameof(written.FrontChannelLogoutPath)), written.FrontChannelLogoutPath),
    ];

    private static bool IsIssuer(string? issuer, bool unsafeAllowHttp, ConfigurationFaults faults)
    {
        const string fix = "Write it as the provider's metadata do, such as https://login.example.com/tenant.";
        var option = Name(nameof(OpenIdConnectOptions.Issuer));
        if (string.IsNullOrEmpty(issuer))
        {
            faults.Add(option, "It is missing.", fix);
            return false;
        }

        if (WebAddress.Read(option, issuer, unsafeAllowHttp, faults) is not { } url)
        {
            return false;
        }

        var isHttpElsewhere = url.Scheme is "http" && !url.IsLoopback;
        if (isHttpElsewhere || url.Query is not "")
        {
            faults.Add(option, isHttpElsewhere ? "It is http on another machine than this." : "It has a query.", fix);
        }

        return !isHttpElsewhere;
    }

    private static void CheckScopes(OpenIdConnectOptions written, ConfigurationFaults faults)
    {
        if (!written.Scopes.Split(' ').Contains("openid", StringComparer.Ordinal))
        {
            faults.Add(Name(nameof(written.Scopes)), "openid is not among them, so the provider would not say who signed in.", "Write scopes with spaces between them, such as openid profile email offline_access.");
        }
    }

    private static ClientKey? ReadKey(OpenIdConnectOptions written, ConfigurationFaults faults)
    {
        if (written.ClientAuthentication is not ClientAuthentication.PrivateKeyJwt)
        {
            Credential.Check(Name(nameof(written.ClientSecret)), written.ClientSecret, "Write the client secret that the provider gave you.", faults);
            return null;
        }

        var option = Name(nameof(written.ClientKeyPath));
        if (!File.Exists(written.ClientKeyPath))
        {
            faults.Add(option, "There is no such file.", "Write the path of the private key in PEM.");
            return null;
        }

        var key = ClientKey.Read(File.ReadAllText(written.ClientKeyPath));
        if (key is null)
        {
            faults.Add(option, "It holds no unencrypted private key of RSA with at least 2048 bits or of the curve P-256.", "Write the path of such a key in PEM.");
        }

        return key;
    }

    private static ClaimNames NamesOf(ClaimMappingOptions mapping) => new()
    {
        SessionId = mapping.SessionId,
        OrganizationId = mapping.OrgId,
        Role = mapping.Role,
        Roles = mapping.Roles,
        Permissions = mapping.Permissions,
        Entitlements = mapping.Entitlements,
        FeatureFlags = mapping.FeatureFlags,
        Email = mapping.Email,
    };

    private static string Name(string option) => ConfigurationPath.Combine(Group, option);
}
