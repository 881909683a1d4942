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
        SessionState.SignedOut { Cookie: not CookieFate.Keep } signedOut => ForSignedOut(signedOut.Cookie),
        _ => [],
    };

    private ImmutableArray<string> ForSignedIn(IncomingRequest request, SessionState.SignedIn signedIn)
    {
        ImmutableArray<string> cookies = signedIn.IsRenewed ? [SetCookie.Session(site.Cookie, signedIn.Session.Sealed)] : [];
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

    private ImmutableArray<string> ForSignedOut(CookieFate fate)
    {
        ImmutableArray<string> cookies = [SetCookie.ExpiredSession(site.Cookie)];
        if (fate is CookieFate.DeleteEverySpelling && site.Cookie.Domain is not null)
        {
            cookies = cookies.Add(SetCookie.ExpiredSession(site.Cookie with { Domain = null }));
        }

        return site.EagerAuth ? cookies.Add(SetCookie.ExpiredAccessToken(site.Cookie.Secure)) : cookies;
    }
}
