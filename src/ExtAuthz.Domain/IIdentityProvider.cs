using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain;

/// <summary>The provider that signs users in. Faults of the network are outcomes, never exceptions.</summary>
public interface IIdentityProvider
{
    /// <summary>The issuer that authorization responses name in <c>iss</c> (RFC 9207 section 2.4); null when the provider promises none.</summary>
    string? PromisedIssuer { get; }

    /// <summary>The absolute URL that starts a sign-in; no call is made.</summary>
    string AuthorizationUrl(AuthorizationRequest request);

    /// <summary>The absolute URL at which a browser ends its session at the provider; null when there is no such place. No call is made.</summary>
    string? SignOutUrl(SignOutRequest request);

    /// <summary>Exchanges an authorization code for a session (RFC 6749 section 4.1.3, RFC 7636 section 4.5). One attempt: codes are single use.</summary>
    Task<CodeExchange> ExchangeCodeAsync(AuthorizationCode code, SignInState state, CancellationToken cancellationToken);

    /// <summary>Sends a refresh token once. Only the end of the process may cancel it, never a caller that stops waiting.</summary>
    Task<RefreshOutcome> RefreshAsync(RefreshGrant grant, CancellationToken cancellationToken);

    /// <summary>Revokes a refresh token (RFC 7009) where the provider can, and waits no longer than <paramref name="patience"/>. One attempt.</summary>
    Task<RevocationOutcome> RevokeAsync(RefreshToken token, TimeSpan patience, CancellationToken cancellationToken);
}
