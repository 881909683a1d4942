namespace ExtAuthz.FakeWorkOS.Sessions;

/// <summary>What a refresh token stands for, and what it was exchanged for, once it was.</summary>
internal sealed class RefreshGrant(Session session, string? organizationId)
{
    public Session Session { get; } = session;

    public string? OrganizationId { get; } = organizationId;

    public Exchange? Exchange { get; set; }
}
