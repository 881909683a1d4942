using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Faults.Site;

/// <summary>A user who has signed in, with the cookie of that moment.</summary>
/// <param name="UserId">What upstream must be told with this cookie, and with no other.</param>
/// <param name="SessionId">The provider's session.</param>
/// <param name="RefreshToken">The first of the session.</param>
/// <param name="Cookie">The <c>cookie</c> header.</param>
internal sealed record SignedIn(string UserId, string SessionId, RefreshToken RefreshToken, string Cookie);
