using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.SignIn;

/// <summary>Ends the session of a browser, here at once and at the provider by a redirect. An access token that has ended does as well as a live one.</summary>
public sealed class SignOut(Site site, IIdentityProvider provider, SessionRetrieval retrieval, ISessionRevocation revocation)
{
    /// <summary>Ends the session of a request that the user wanted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="returnTo">Where the user wants to go afterwards, unchecked; null for the configured place.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<SignOutOutcome> EndAsync(IncomingRequest request, string? returnTo, CancellationToken cancellationToken)
    {
        var (sessionId, idToken) = retrieval.Retrieve(new CookieHeader(request.Headers.CookieLines)) switch
        {
            RetrievedSession.Known known => (known.Session.Claims.SessionId, known.Session.Session.IdToken),
            RetrievedSession.Found found => (UnverifiedClaims.Read(found.Session.AccessToken)?.SessionId, found.Session.IdToken),
            _ => default,
        };
        var returnUrl = (returnTo ?? site.SignOutReturnTo) is { } wanted ? site.PublicOrigin + site.ReturnPathOf(wanted).Value : null;
        var location = provider.SignOutUrl(new SignOutRequest(sessionId, idToken, returnUrl)) ?? returnUrl ?? site.PublicOrigin + "/";
        if (!CrossSiteGuard.Admits(request, site.PublicOrigin))
        {
            return new SignOutOutcome.Unconfirmed(location);
        }

        if (sessionId is not null)
        {
            await revocation.RevokeAsync(sessionId, cancellationToken);
        }

        return new SignOutOutcome.SignedOut(sessionId, location);
    }
}
