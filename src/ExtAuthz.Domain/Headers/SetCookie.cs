using System.Buffers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Headers;

/// <summary>Writes the values of <c>set-cookie</c> headers (RFC 6265 section 4.1), attributes in AuthKit's order.</summary>
public static class SetCookie
{
    /// <summary>The cookie that hands the access token to scripts of the page (<c>eagerAuth</c>).</summary>
    public const string AccessTokenName = "workos-access-token";

    private const string Epoch = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    private static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromSeconds(30);

    // RFC 6265 section 4.1.1: cookie-octet. A name may not hold '=' either.
    private static readonly SearchValues<char> CookieOctets = SearchValues.Create(
        "!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Sets the session cookie.</summary>
    public static string Session(SessionCookieSettings settings, SealedSession session) =>
        $"{Pair(settings.Name, session.Value)}; {Attributes(settings, settings.SameSite, settings.MaxAge)}";

    /// <summary>Deletes the session cookie. One set for a domain and one set for the host are two cookies.</summary>
    public static string ExpiredSession(SessionCookieSettings settings) =>
        $"{Pair(settings.Name, "")}; {Epoch}; {Attributes(settings, settings.SameSite, TimeSpan.Zero)}";

    /// <summary>Sets the cookie that binds a sign-in to this browser.</summary>
    public static string Flow(SessionCookieSettings settings, string name, SealedState state, TimeSpan lifetime) =>
        $"{Pair(name, state.Value)}; {Attributes(settings, FlowSameSite(settings), lifetime)}";

    /// <summary>Deletes the cookie of a sign-in.</summary>
    /// <param name="settings">The settings it was set with.</param>
    /// <param name="name">Its name, as <see cref="FlowCookie"/> gives it.</param>
    public static string ExpiredFlow(SessionCookieSettings settings, string name) =>
        $"{Pair(name, "")}; {Attributes(settings, FlowSameSite(settings), TimeSpan.Zero)}";

    /// <summary>Sets the cookie that counts how often the browser came back lately.</summary>
    public static string Returns(SessionCookieSettings settings, RecentReturns returns) =>
        $"{Pair(RecentReturns.CookieName, returns.Value)}; {Attributes(settings, FlowSameSite(settings), RecentReturns.Window)}";

    /// <summary>Begins that count anew.</summary>
    public static string ExpiredReturns(SessionCookieSettings settings) => ExpiredFlow(settings, RecentReturns.CookieName);

    /// <summary>Hands the access token to the page for half a minute, readable by scripts.</summary>
    public static string AccessToken(AccessToken token, bool secure) =>
        $"{Pair(AccessTokenName, token.Value)}; Path=/; SameSite=Lax; Max-Age={Seconds(AccessTokenLifetime)}{(secure ? "; Secure" : "")}";

    /// <summary>Takes the access token back from the page.</summary>
    public static string ExpiredAccessToken(bool secure) =>
        $"{Pair(AccessTokenName, "")}; Path=/; SameSite=Lax; Max-Age=0{(secure ? "; Secure" : "")}; {Epoch}";

    // A strict cookie would not come back with the redirect from the provider.
    private static SameSite FlowSameSite(SessionCookieSettings settings) => settings.SameSite is SameSite.None ? SameSite.None : SameSite.Lax;

    private static string Attributes(SessionCookieSettings settings, SameSite sameSite, TimeSpan maxAge)
    {
        var domain = settings.Domain is { } name ? $"; Domain={Checked(name)}" : "";
        var secure = settings.Secure || settings.SameSite is SameSite.None ? "; Secure" : "";
        return $"Path=/; HttpOnly; SameSite={sameSite}; Max-Age={Seconds(maxAge)}{domain}{secure}";
    }

    private static string Pair(string name, string value) => name.Length > 0 && !name.Contains('=')
        ? $"{Checked(name)}={Checked(value)}"
        : throw new ArgumentException("A cookie needs a name without '='.", nameof(name));

    private static string Checked(string text) => text.AsSpan().ContainsAnyExcept(CookieOctets)
        ? throw new ArgumentException("A cookie may not hold control characters, white space, quotes, commas, semicolons or backslashes.", nameof(text))
        : text;

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;
}
