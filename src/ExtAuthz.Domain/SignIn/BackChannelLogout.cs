using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.SignIn;

/// <summary>
/// Ends sessions when the provider says so (OpenID Connect Back-Channel Logout 1.0): it posts a signed logout token, without a browser.
/// A session that the token names ends alone; a token that names a user alone ends all sessions of that user.
/// </summary>
public sealed class BackChannelLogout(ILogoutTokenVerifier tokens, ISessionRevocation revocation, IUsedOnce used)
{
    /// <summary>How long ago a token may have been issued.</summary>
    public static TimeSpan OldestToken { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How far the provider's clock may be ahead.</summary>
    public static TimeSpan ClockSkew { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a token must be remembered, so that it is good once.</summary>
    public static TimeSpan Memory { get; } = OldestToken + ClockSkew;

    /// <summary>Does what the logout token in the body of a request says.</summary>
    public async ValueTask<LogoutOutcome> EndAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        if (request.Body is not { } body)
        {
            return new LogoutOutcome.Refused(LogoutFault.BodyMissing);
        }

        if (!IsForm(request.Headers[KnownHeader.ContentType]) || UrlEncodedForm.Only(body.Text, "logout_token") is not { } token)
        {
            return new LogoutOutcome.Refused(LogoutFault.Malformed);
        }

        return await tokens.VerifyAsync(new LogoutToken(token), cancellationToken) switch
        {
            LogoutTokenVerdict.Accepted { Claims: var claims } when await used.IsUsedAsync(claims.Id, cancellationToken) => new LogoutOutcome.Refused(LogoutFault.Replayed),
            LogoutTokenVerdict.Accepted { Claims: var claims } => await EndAsync(claims, cancellationToken),
            LogoutTokenVerdict.Refused refused => new LogoutOutcome.Refused(refused.Fault),
            _ => new LogoutOutcome.Unverifiable(),
        };
    }

    /// <summary>The token is used up last: if its session could not be ended, the provider may send it again.</summary>
    private async ValueTask<LogoutOutcome> EndAsync(LogoutClaims claims, CancellationToken cancellationToken)
    {
        switch (claims)
        {
            case { SessionId: { } sessionId }:
                await revocation.RevokeAsync(sessionId, cancellationToken);
                break;
            case { Subject: { } userId }:
                await revocation.RevokeUserAsync(userId, claims.IssuedAt, cancellationToken);
                break;
            default:
                return new LogoutOutcome.Refused(LogoutFault.Subject);
        }

        await used.TryUseAsync(claims.Id, cancellationToken);
        return new LogoutOutcome.Ended(claims.SessionId);
    }

    private static bool IsForm(string? contentType) =>
        contentType?.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
}
