namespace ExtAuthz.FakeWorkOS.Accounts;

/// <summary>The member of staff behind an impersonated session, and why.</summary>
public sealed record Impersonator(string Email, string? Reason);
