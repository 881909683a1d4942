namespace ExtAuthz.Server.Configuration;

/// <summary>The lower-case name of each identity header; null for one that is off.</summary>
internal sealed record IdentityHeaderSettings(
    string? UserId,
    string? Email,
    string? SessionId,
    string? OrgId,
    string? Role,
    string? Roles,
    string? Permissions,
    string? Entitlements,
    string? FeatureFlags,
    string? Impersonator);
