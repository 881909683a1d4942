namespace ExtAuthz.FakeWorkOS.Accounts;

/// <summary>What a user may do in one organisation; each list becomes the access-token claim of its name.</summary>
public sealed record FakeMembership(string OrganizationId, string Role)
{
    public IReadOnlyList<string> Roles => [Role];

    public IReadOnlyList<string> Permissions { get; init; } = [];

    public IReadOnlyList<string> Entitlements { get; init; } = [];

    public IReadOnlyList<string> FeatureFlags { get; init; } = [];
}
