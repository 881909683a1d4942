using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.SignIn;

/// <summary>Ends the session of a browser: here at once, its refresh token by a call, and the session at the provider by a redirect. An access token that has ended does as well as a live one.</summary>
public sealed class SignOut(Site site, IIdentityProvider provider, SessionRetrieval retrieval, ISessionRevocation revocation)
{
    /// <summary>Ends the session of a request that the user wanted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="returnTo">Where the user wants to go afterwards, unchecked; null for the configured place.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<SignOutOutcome> EndAsync(IncomingRequest request, string? returnTo, CancellationToken cancellationToken)
    {
        var (session, identity) = retrieval.RetrieveAny(new CookieHeader(request.Headers.CookieLines)) ?? default;
        var returnUrl = (returnTo ?? site.SignOutReturnTo) is { } wanted ? site.PublicOrigin + site.ReturnPathOf(wanted).Value : null;
        var location = provider.SignOutUrl(new SignOutRequest(identity.SessionId, session?.IdToken, returnUrl)) ?? returnUrl ?? site.PublicOrigin + "/";
        if (!CrossSiteGuard.Admits(request, site.PublicOrigin))
        {
            return new SignOutOutcome.Unconfirmed(location);
        }

        if (identity.SessionId is { } sessionId)
        {
            await revocation.RevokeAsync(sessionId, cancellationToken);
        }

        var revoked = session is null ? null : await provider.RevokeAsync(session.RefreshToken, RefreshPatience.OfSignOut(request.TimeLeft), cancellationToken);
        return new SignOutOutcome.SignedOut(identity.SessionId, location) { Events = revoked?.Events ?? [] };
    }
}
