using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 6: what the upstream is told, and what it must not be told by anyone else.</summary>
public sealed class HeaderInjection(Site site, SessionHeaders headers)
{
    /// <summary>The changes to the request's headers.</summary>
    public UpstreamHeaders For(IncomingRequest request, SessionState state)
    {
        var prepared = state is SessionState.SignedIn signedIn ? signedIn.Session.UpstreamHeaders : headers.Anonymous;
        var changes = prepared
            .With(new HeaderValue("x-url", site.PublicOrigin + RequestUrl.PathAndQuery(request.Target)))
            .Without(request.Headers.ReservedNames);
        return (site.ForwardSession, state) switch
        {
            (ForwardSession.Sealed, SessionState.SignedIn known) when known.IsRenewed || IsChunked(request) => WithSessionCookie(changes, request, known.Session.Sealed),
            (ForwardSession.Sealed, _) => changes,
            _ => WithSessionCookie(changes, request, null),
        };
    }

    private bool IsChunked(IncomingRequest request) => new CookieHeader(request.Headers.CookieLines).HasChunkOf(site.Cookie.Name);

    /// <summary>
    /// After a refresh the upstream sees the new session, so that a second verifier there does not refresh again; and always one whole cookie,
    /// for AuthKit's own middleware reads no chunks. An upstream that shall not
    /// have the refresh token does not get it in the cookie either, whatever became of the session: null takes the cookie out.
    /// </summary>
    private UpstreamHeaders WithSessionCookie(UpstreamHeaders changes, IncomingRequest request, SealedSession? session)
    {
        if (!request.Headers.Has(KnownHeader.Cookie))
        {
            return changes;
        }

        var cookie = new CookieHeader(request.Headers.CookieLines).Replace(site.Cookie.Name, session?.Value);
        return cookie is null ? changes.Without(["cookie"]) : changes.With(new HeaderValue("cookie", cookie));
    }
}
