namespace ExtAuthz.Domain.Headers;

/// <summary>The plain identity headers for upstreams in any language; null turns one off.</summary>
public sealed record IdentityHeaderNames
{
    /// <summary>The user's id.</summary>
    public string? UserId { get; init; } = "x-auth-user-id";

    /// <summary>The user's e-mail address.</summary>
    public string? Email { get; init; } = "x-auth-email";

    /// <summary>The provider's session id.</summary>
    public string? SessionId { get; init; } = "x-auth-session-id";

    /// <summary>The organisation's id.</summary>
    public string? OrgId { get; init; } = "x-auth-org-id";

    /// <summary>The role in the organisation.</summary>
    public string? Role { get; init; } = "x-auth-role";

    /// <summary>All roles, joined by commas.</summary>
    public string? Roles { get; init; } = "x-auth-roles";

    /// <summary>All permissions, joined by commas.</summary>
    public string? Permissions { get; init; } = "x-auth-permissions";

    /// <summary>All entitlements, joined by commas.</summary>
    public string? Entitlements { get; init; } = "x-auth-entitlements";

    /// <summary>All feature flags, joined by commas.</summary>
    public string? FeatureFlags { get; init; } = "x-auth-feature-flags";

    /// <summary>The e-mail address of whoever impersonates the user.</summary>
    public string? Impersonator { get; init; } = "x-auth-impersonator";

    /// <summary>When the user last proved who they are, in seconds since 1970.</summary>
    public string? AuthTime { get; init; } = "x-auth-time";

    /// <summary>No identity headers at all.</summary>
    public static IdentityHeaderNames Off { get; } = new()
    {
        UserId = null,
        Email = null,
        SessionId = null,
        OrgId = null,
        Role = null,
        Roles = null,
        Permissions = null,
        Entitlements = null,
        FeatureFlags = null,
        Impersonator = null,
        AuthTime = null,
    };

    /// <summary>The names in use.</summary>
    public IEnumerable<string> InUse =>
        new[] { UserId, Email, SessionId, OrgId, Role, Roles, Permissions, Entitlements, FeatureFlags, Impersonator, AuthTime }.OfType<string>();
}
