using System.Collections.Frozen;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for the names of identity headers: each its own, and none that means something else.</summary>
internal static class IdentityHeaderRules
{
    private static readonly FrozenSet<string> Taken = FrozenSet.Create(
        StringComparer.Ordinal,
        "authorization", "connection", "content-length", "content-type", "cookie", "host", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-redirect-uri", "x-request-id", "x-sign-up-paths", "x-url");

    public static IdentityHeaderNames Apply(IdentityHeadersOptions options, ConfigurationFaults faults)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var names = new IdentityHeaderNames
        {
            UserId = Read(nameof(options.UserId), options.UserId),
            Email = Read(nameof(options.Email), options.Email),
            SessionId = Read(nameof(options.SessionId), options.SessionId),
            OrgId = Read(nameof(options.OrgId), options.OrgId),
            Role = Read(nameof(options.Role), options.Role),
            Roles = Read(nameof(options.Roles), options.Roles),
            Permissions = Read(nameof(options.Permissions), options.Permissions),
            Entitlements = Read(nameof(options.Entitlements), options.Entitlements),
            FeatureFlags = Read(nameof(options.FeatureFlags), options.FeatureFlags),
            Impersonator = Read(nameof(options.Impersonator), options.Impersonator),
            AuthTime = Read(nameof(options.AuthTime), options.AuthTime),
        };
        return options.Enabled ? names : IdentityHeaderNames.Off;

        string? Read(string option, string written)
        {
            var name = written.ToLowerInvariant();
            if (name is not "" && FaultOf(name, used) is { } problem)
            {
                faults.Add(ConfigurationPath.Combine(nameof(AuthkitOptions.IdentityHeaders), option), problem, "Write a name of its own such as x-auth-user-id, or an empty text for none.");
            }

            return name is "" ? null : name;
        }
    }

    /// <summary>Names are letters, digits and hyphens: upstreams fold every other character into one of these.</summary>
    private static string? FaultOf(string name, HashSet<string> used) =>
        !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') ? "It is not a header name of letters, digits and hyphens."
        : Taken.Contains(name) || name.StartsWith("x-workos-", StringComparison.Ordinal) || name.StartsWith("x-envoy-", StringComparison.Ordinal) ? "HTTP, Envoy or AuthKit uses this name for something else."
        : !used.Add(name) ? "Another identity header has the same name."
        : null;
}
