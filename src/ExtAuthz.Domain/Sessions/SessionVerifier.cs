using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Sessions;

/// <summary>Verifies a session and prepares it for use: after it was found in a cookie, and after it was renewed or begun.</summary>
public sealed class SessionVerifier(IAccessTokenVerifier tokens, SessionHeaders headers, RefreshBuffer buffer, VerifiedSessions known)
{
    /// <summary>
    /// Verifies the access token and that it is the sealed user's. A session that verifies is remembered; null stands for one
    /// whose token is another user's, cannot be decoded, or that has no user.
    /// </summary>
    public async ValueTask<(TokenVerdict Verdict, VerifiedSession? Session)> VerifyAsync(SealedSession value, Session session, CancellationToken cancellationToken)
    {
        var generation = tokens.KeyGeneration;
        var verdict = await tokens.VerifyAsync(session.AccessToken, cancellationToken);
        if (verdict is not TokenVerdict.Accepted { Claims: var tokenClaims } || !string.Equals(tokenClaims.Subject, session.User?.Id, StringComparison.Ordinal))
        {
            return (verdict, null);
        }

        var identity = SessionIdentity.Of(session, tokenClaims);
        var claims = tokenClaims with { SessionId = identity.SessionId, AuthenticatedAt = identity.AuthenticatedAt };
        var (upstream, leftOut) = headers.For(value, session, claims);
        var verified = new VerifiedSession
        {
            Sealed = value,
            Session = session,
            Claims = claims,
            Identity = identity,
            UpstreamHeaders = upstream,
            ClaimsLeftOut = [.. leftOut.Select(header => new SessionEvent.ClaimLeftOut(header))],
            RefreshAt = buffer.RefreshAt(claims),
            KeyGeneration = generation,
        };
        known.Add(verified);
        return (verdict, verified);
    }
}
