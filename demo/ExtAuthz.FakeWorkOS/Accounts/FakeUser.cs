namespace ExtAuthz.FakeWorkOS.Accounts;

/// <summary>A user that the sign-in page offers.</summary>
public sealed record FakeUser(string Id, string Email, string FirstName, string LastName)
{
    /// <summary>The organisations the user belongs to.</summary>
    public IReadOnlyList<FakeMembership> Memberships { get; init; } = [];

    /// <summary>The membership of a sign-in that names no organisation: the first one.</summary>
    public FakeMembership? DefaultMembership => Memberships is [var first, ..] ? first : null;

    /// <summary>Who really acts when this user is chosen; nobody else for most users.</summary>
    public Impersonator? Impersonator { get; init; }

    /// <summary>The WorkOS value of <c>authentication_method</c>.</summary>
    public string AuthenticationMethod => Impersonator is null ? "Password" : "Impersonation";

    /// <summary>The membership in one organisation, if there is one.</summary>
    public FakeMembership? MembershipIn(string? organizationId) =>
        Memberships.FirstOrDefault(membership => string.Equals(membership.OrganizationId, organizationId, StringComparison.Ordinal));
}
