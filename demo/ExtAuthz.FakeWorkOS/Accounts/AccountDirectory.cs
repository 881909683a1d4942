namespace ExtAuthz.FakeWorkOS.Accounts;

/// <summary>Looks users and organisations up by their ids.</summary>
public sealed class AccountDirectory(FakeWorkOSOptions options)
{
    public FakeUser? User(string? id) => options.Users.FirstOrDefault(user => string.Equals(user.Id, id, StringComparison.Ordinal));

    public FakeOrganization? Organization(string? id) =>
        options.Organizations.FirstOrDefault(organization => string.Equals(organization.Id, id, StringComparison.Ordinal));

    /// <summary>All users, or the members of one organisation.</summary>
    public IEnumerable<FakeUser> Members(string? organizationId) =>
        organizationId is null ? options.Users : options.Users.Where(user => user.MembershipIn(organizationId) is not null);
}
