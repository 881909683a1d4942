using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 6: what the upstream is told, and what it must not be told by anyone else.</summary>
public sealed class HeaderInjection(Site site, SessionHeaders headers)
{
    /// <summary>The changes to the request's headers.</summary>
    public UpstreamHeaders For(IncomingRequest request, SessionState state)
    {
        var signedIn = state as SessionState.SignedIn;
        var prepared = signedIn?.Session.UpstreamHeaders ?? headers.Anonymous;
        var changes = prepared
            .With(new HeaderValue("x-url", site.PublicOrigin + RequestUrl.PathAndQuery(request.Target)))
            .Without(request.Headers.ReservedNames);
        return signedIn is null ? changes : WithCookie(changes, request, signedIn);
    }

    /// <summary>After a refresh the upstream sees the new session too, so that a second verifier there does not refresh again.</summary>
    private UpstreamHeaders WithCookie(UpstreamHeaders changes, IncomingRequest request, SessionState.SignedIn signedIn)
    {
        var forwardsSession = site.ForwardSession is ForwardSession.Sealed;
        if (forwardsSession && !signedIn.IsRenewed)
        {
            return changes;
        }

        var cookie = new CookieHeader(request.Headers.CookieLines).Replace(site.Cookie.Name, forwardsSession ? signedIn.Session.Sealed.Value : null);
        return cookie is null ? changes.Without(["cookie"]) : changes.With(new HeaderValue("cookie", cookie));
    }
}
