using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Sessions;

/// <summary>The cookies that tell a browser of its session.</summary>
public sealed class SessionCookies(Site site)
{
    /// <summary>The values of <c>set-cookie</c> for a request in this state; usually none.</summary>
    public ImmutableArray<string> For(IncomingRequest request, SessionState state) => state switch
    {
        SessionState.SignedIn signedIn => ForSignedIn(request, signedIn),
        SessionState.SignedOut { Cookie: not CookieFate.Keep } signedOut => ForSignedOut(request, signedOut.Cookie),
        _ => [],
    };

    /// <summary>
    /// Gives a browser its session, in one cookie or in chunks, and takes back what it has of an old one in the other form or in more chunks:
    /// read together with the new ones they would open to nothing. A session that no browser would keep changes nothing.
    /// </summary>
    public ImmutableArray<string> Set(IncomingRequest request, SealedSession session)
    {
        var pieces = SessionChunks.Split(site.Cookie, session);
        return pieces.IsEmpty
            ? []
            : [
                .. pieces.Select(piece => SetCookie.Session(site.Cookie with { Name = piece.Name }, piece.Part)),
                .. NamesIn(request).Except(pieces.Select(piece => piece.Name), StringComparer.Ordinal).Select(name => Expired(name, site.Cookie.Domain)),
            ];
    }

    /// <summary>Gives a browser a new session in place of any old one. With a cookie domain, one of this host alone would stand beside it, and none of two counts.</summary>
    public ImmutableArray<string> Begin(IncomingRequest request, SealedSession session) =>
        [.. Set(request, session), .. site.Cookie.Domain is null ? [] : NamesIn(request).Select(name => Expired(name, domain: null))];

    private ImmutableArray<string> ForSignedIn(IncomingRequest request, SessionState.SignedIn signedIn)
    {
        var cookies = signedIn.IsRenewed ? Set(request, signedIn.Session.Sealed) : [];
        return site.EagerAuth && NeedsAccessToken(request, signedIn)
            ? cookies.Add(SetCookie.AccessToken(signedIn.Session.Session.AccessToken, site.Cookie.Secure))
            : cookies;
    }

    // AuthKit hands the token to documents only, and only when the page does not have this very one.
    private static bool NeedsAccessToken(IncomingRequest request, SessionState.SignedIn signedIn) =>
        ClientKinds.Of(request.Headers) is ClientKind.Document
        && (signedIn.IsRenewed
            || !string.Equals(
                new CookieHeader(request.Headers.CookieLines).Value(SetCookie.AccessTokenName),
                signedIn.Session.Session.AccessToken.Value,
                StringComparison.Ordinal));

    private ImmutableArray<string> ForSignedOut(IncomingRequest request, CookieFate fate)
    {
        string[] names = [site.Cookie.Name, .. NamesIn(request).Where(name => !string.Equals(name, site.Cookie.Name, StringComparison.Ordinal))];
        string?[] domains = fate is CookieFate.DeleteEverySpelling && site.Cookie.Domain is { } domain ? [domain, null] : [site.Cookie.Domain];
        ImmutableArray<string> cookies = [.. domains.SelectMany(domain => names.Select(name => Expired(name, domain)))];
        return site.EagerAuth ? cookies.Add(SetCookie.ExpiredAccessToken(site.Cookie.Secure)) : cookies;
    }

    /// <summary>The names under which a request has a session cookie.</summary>
    private IEnumerable<string> NamesIn(IncomingRequest request) => new CookieHeader(request.Headers.CookieLines)
        .NamesWithPrefix(site.Cookie.Name)
        .Where(name => name.Length == site.Cookie.Name.Length || SessionChunks.IndexOf(name, site.Cookie.Name) >= 0);

    private string Expired(string name, string? domain) => SetCookie.ExpiredSession(site.Cookie with { Name = name, Domain = domain });
}
