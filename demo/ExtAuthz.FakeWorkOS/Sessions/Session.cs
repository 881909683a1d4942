using ExtAuthz.FakeWorkOS.Accounts;

namespace ExtAuthz.FakeWorkOS.Sessions;

/// <summary>One sign-in. At any time one refresh token of it is live.</summary>
internal sealed record Session(string Id, FakeUser User, string AuthenticationMethod, DateTimeOffset AuthenticatedAt);
