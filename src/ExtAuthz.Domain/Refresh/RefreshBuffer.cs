using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Refresh;

/// <summary>How long before its end an access token is refreshed.</summary>
/// <param name="configured">A fixed buffer; zero never refreshes ahead; null takes AuthKit's rule.</param>
public sealed class RefreshBuffer(TimeSpan? configured)
{
    private static readonly TimeSpan ShortLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ForShortLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    /// <summary>The moment from which a token with these claims is refreshed: 60 s before its end, 30 s when it lives five minutes or less.</summary>
    public DateTimeOffset RefreshAt(AccessTokenClaims claims)
    {
        var life = claims.ExpiresAt - (claims.IssuedAt ?? claims.ExpiresAt);
        return claims.ExpiresAt - (configured ?? (life <= ShortLife ? ForShortLife : Usual));
    }
}
