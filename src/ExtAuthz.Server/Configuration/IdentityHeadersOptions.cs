namespace ExtAuthz.Server.Configuration;

/// <summary>The plain identity headers for upstreams in any language: the name of each, empty for none.</summary>
internal sealed class IdentityHeadersOptions
{
    public bool Enabled { get; set; } = true;

    public string UserId { get; set; } = "x-auth-user-id";

    public string Email { get; set; } = "x-auth-email";

    public string SessionId { get; set; } = "x-auth-session-id";

    public string OrgId { get; set; } = "x-auth-org-id";

    public string Role { get; set; } = "x-auth-role";

    public string Roles { get; set; } = "x-auth-roles";

    public string Permissions { get; set; } = "x-auth-permissions";

    public string Entitlements { get; set; } = "x-auth-entitlements";

    public string FeatureFlags { get; set; } = "x-auth-feature-flags";

    public string Impersonator { get; set; } = "x-auth-impersonator";

    public string AuthTime { get; set; } = "x-auth-time";
}
