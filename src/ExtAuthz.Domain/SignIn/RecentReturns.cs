using System.Collections.Immutable;
using System.Globalization;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.SignIn;

/// <summary>
/// When a browser came back from the provider within the last minute: kept in a cookie of its own, so that a session which the
/// browser does not keep cannot send it round for ever. It is no secret; who changes it misleads only himself.
/// </summary>
public readonly struct RecentReturns
{
    /// <summary>The cookie.</summary>
    public const string CookieName = "wos-auth-returns";

    /// <summary>After how many returns the next one is one too many.</summary>
    private const int Most = 2;

    private readonly ImmutableArray<long> _seconds;

    private RecentReturns(ImmutableArray<long> seconds) => _seconds = seconds;

    /// <summary>How long a return counts.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether the present return is one too many, unless the browser has a session.</summary>
    public bool AreTooMany => _seconds.Length >= Most;

    /// <summary>The cookie's value: seconds since 1970, joined by dots.</summary>
    public string Value => string.Join('.', _seconds);

    /// <summary>Reads the cookie; whatever it does not say clearly does not count.</summary>
    public static RecentReturns Read(CookieHeader cookies, DateTimeOffset now)
    {
        var window = (long)Window.TotalSeconds;
        return new(
        [
            .. (cookies.Value(CookieName) ?? "").Split('.', Most + 1).Take(Most)
                .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0)
                .Where(seconds => Math.Abs(now.ToUnixTimeSeconds() - seconds) < window),
        ]);
    }

    /// <summary>With one return more.</summary>
    public RecentReturns With(DateTimeOffset now) => new([.. _seconds.TakeLast(Most - 1), now.ToUnixTimeSeconds()]);
}
