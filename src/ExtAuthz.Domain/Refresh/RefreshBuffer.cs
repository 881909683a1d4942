using System.Security.Cryptography;
using System.Text;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Refresh;

/// <summary>How long before its end an access token is refreshed.</summary>
/// <param name="configured">A fixed buffer, which counts as it is; zero never refreshes ahead; null takes AuthKit's rule, spread.</param>
public sealed class RefreshBuffer(TimeSpan? configured)
{
    private static readonly TimeSpan ShortLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ForShortLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestJitter = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The moment from which a token with these claims is refreshed. AuthKit's rule is 60 s before its end, 30 s when it lives five minutes or less. Sessions that began together
    /// are spread over the 15 s before that; and in the first half of its life no token is refreshed, or a very short one would be by every request.
    /// </summary>
    public DateTimeOffset RefreshAt(AccessTokenClaims claims) => claims.ExpiresAt - (configured ?? Spread(claims));

    private static TimeSpan Spread(AccessTokenClaims claims)
    {
        var life = claims.ExpiresAt - claims.IssuedAt;
        var buffer = (life > ShortLife ? Usual : ForShortLife) + JitterOf(claims.SessionId ?? claims.Subject);
        return life / 2 is { } half && half < buffer ? half : buffer;
    }

    /// <summary>The same in every replica: they refresh a session at one moment.</summary>
    private static TimeSpan JitterOf(string session) => LongestJitter * (SHA256.HashData(Encoding.UTF8.GetBytes(session))[0] / 256.0);
}
