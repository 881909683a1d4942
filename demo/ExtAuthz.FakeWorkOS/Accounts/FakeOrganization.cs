namespace ExtAuthz.FakeWorkOS.Accounts;

/// <summary>An organisation, and what it asks of a session that wants to switch to it.</summary>
public sealed record FakeOrganization(string Id, string Name, SwitchPolicy Policy = SwitchPolicy.Open);
