using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Configuration;

/// <summary>What the provider calls its claims.</summary>
internal sealed class ClaimMappingOptions
{
    private static readonly ClaimNames Default = new();

    public string SessionId { get; set; } = Default.SessionId;

    public string OrgId { get; set; } = Default.OrganizationId;

    public string Role { get; set; } = Default.Role;

    public string Roles { get; set; } = Default.Roles;

    public string Permissions { get; set; } = Default.Permissions;

    public string Entitlements { get; set; } = Default.Entitlements;

    public string FeatureFlags { get; set; } = Default.FeatureFlags;

    public string Email { get; set; } = Default.Email;
}
