using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.SignIn;

/// <summary>
/// Ends the session of a browser when a page of the provider loads our address in a frame (OpenID Connect Front-Channel Logout 1.0). Only the
/// session whose cookie comes with the request can end so, and only if the request names it and its issuer.
/// </summary>
public sealed class FrontChannelLogout(Site site, SessionRetrieval retrieval, ISessionRevocation revocation)
{
    /// <summary>Ends the session of a request if it is the one named.</summary>
    public async ValueTask<LogoutOutcome> EndAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        var (issuer, sessionId) = (UrlEncodedForm.Only(request.Target.Query, "iss"), UrlEncodedForm.Only(request.Target.Query, "sid"));
        if (issuer is null || sessionId is null)
        {
            return new LogoutOutcome.Refused(LogoutFault.Malformed);
        }

        var own = retrieval.RetrieveAny(new CookieHeader(request.Headers.CookieLines))?.Identity.SessionId;
        if (!string.Equals(issuer, site.Issuer, StringComparison.Ordinal) || !string.Equals(sessionId, own, StringComparison.Ordinal))
        {
            return new LogoutOutcome.NotConcerned();
        }

        await revocation.RevokeAsync(sessionId, cancellationToken);
        return new LogoutOutcome.Ended(sessionId);
    }
}
