namespace ExtAuthz.Server.Tokens;

/// <summary>What an issuer calls the claims that no standard names, or not for everyone; the defaults are WorkOS'.</summary>
internal sealed record ClaimNames
{
    /// <summary>The provider's session.</summary>
    public string SessionId { get; init; } = "sid";

    /// <summary>The organisation or tenant.</summary>
    public string OrganizationId { get; init; } = "org_id";

    /// <summary>The role in it.</summary>
    public string Role { get; init; } = "role";

    /// <summary>All roles.</summary>
    public string Roles { get; init; } = "roles";

    public string Permissions { get; init; } = "permissions";

    public string Entitlements { get; init; } = "entitlements";

    public string FeatureFlags { get; init; } = "feature_flags";

    /// <summary>The user's e-mail address, in ID tokens.</summary>
    public string Email { get; init; } = "email";
}
