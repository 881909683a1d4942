using ExtAuthz.FakeWorkOS.Accounts;

namespace ExtAuthz.FakeWorkOS.Authorization;

/// <summary>What a code stands for.</summary>
internal sealed record AuthorizationCode(FakeUser User, string? OrganizationId, string CodeChallenge, DateTimeOffset ExpiresAt);
