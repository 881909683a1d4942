using System.Diagnostics;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;
using static ExtAuthz.Server.OpenIdConnect.TokenOutcome;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Any OpenID Connect provider (docs/decisions/0006-openid-connect.md). One attempt a call: whoever asks decides whether to ask again.</summary>
internal sealed class OpenIdConnectIdentityProvider(Discovery discovery, TokenEndpoint tokens, RevocationEndpoint revocations, IdTokens idTokens, OpenIdConnectSettings settings) : IIdentityProvider
{
    public string? PromisedIssuer => discovery.Known is { PromisesIssuer: true } ? settings.Issuer : null;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The provider was never reached or not for a day: the service says that it is not ready, and denies.</exception>
    public string AuthorizationUrl(AuthorizationRequest request)
    {
        var metadata = discovery.Known ?? throw new InvalidOperationException("The provider's metadata are not known.");
        var prompt = request.Prompt ?? (request.ScreenHint is ScreenHint.SignUp && metadata.CanPromptCreate ? "create" : null);
        return WithQuery(
            metadata.AuthorizationEndpoint,
            ("client_id", settings.ClientId),
            ("response_type", "code"),
            ("redirect_uri", settings.RedirectUri),
            ("scope", settings.Scope),
            ("state", request.State.Value),
            ("nonce", request.Nonce),
            ("code_challenge", request.CodeChallenge),
            ("code_challenge_method", "S256"),
            ("prompt", prompt),
            ("login_hint", request.LoginHint),
            ("max_age", request.MaxAge is { } age ? $"{(long)age.TotalSeconds}" : null),
            (settings.AudienceParameter, settings.Audience),
            (settings.OrganizationParameter, request.OrganizationId));
    }

    public string? SignOutUrl(SignOutRequest request) => discovery.Known?.EndSessionEndpoint is { } endpoint
        ? WithQuery(endpoint, ("id_token_hint", request.IdToken?.Value), ("post_logout_redirect_uri", request.ReturnTo), ("client_id", settings.ClientId))
        : null;

    public async Task<CodeExchange> ExchangeCodeAsync(AuthorizationCode code, SignInState state, CancellationToken cancellationToken)
    {
        var outcome = await tokens.PostAsync(
            Present(
                ("grant_type", "authorization_code"),
                ("code", code.Value),
                ("redirect_uri", settings.RedirectUri),
                ("code_verifier", state.CodeVerifier),
                (settings.AudienceParameter, settings.Audience)),
            cancellationToken);
        return outcome switch
        {
            Granted granted => await BeginAsync(granted.Answer, state, cancellationToken),
            Refused { Status: not 401, Error: not ("invalid_client" or Refused.Unnamed) } refused => new CodeExchange.Refused(refused.Error),
            Refused misconfigured => new CodeExchange.Unavailable(misconfigured.Cause),
            Unavailable unavailable => new CodeExchange.Unavailable(unavailable.Cause),
            _ => throw new UnreachableException(),
        };
    }

    public async Task<RefreshOutcome> RefreshAsync(RefreshGrant grant, CancellationToken cancellationToken)
    {
        var outcome = await tokens.PostAsync(
            Present(
                ("grant_type", "refresh_token"),
                ("refresh_token", grant.RefreshToken.Value),
                (settings.AudienceParameter, settings.Audience),
                (settings.OrganizationParameter, grant.OrganizationId)),
            cancellationToken);
        return outcome switch
        {
            Granted granted => await RenewAsync(granted.Answer, grant, cancellationToken),
            Refused { Status: 400, Error: "invalid_grant" } => new RefreshOutcome.Ended("invalid_grant"),
            Refused refused => new RefreshOutcome.Misconfigured(refused.Cause),
            Unavailable unavailable => new RefreshOutcome.Transient(unavailable.Cause, unavailable.RetryAfter) { MayHaveArrived = unavailable.MayHaveArrived },
            _ => throw new UnreachableException(),
        };
    }

    public Task<RevocationOutcome> RevokeAsync(RefreshToken token, TimeSpan patience, CancellationToken cancellationToken) => revocations.RevokeAsync(token, patience, cancellationToken);

    private async Task<CodeExchange> BeginAsync(TokenAnswer answer, SignInState state, CancellationToken cancellationToken)
    {
        if (answer is not { AccessToken: { } accessToken, RefreshToken: { Length: > 0 } refreshToken, IdToken: { } idToken })
        {
            return new CodeExchange.Unavailable(answer.IdToken is null ? "no ID token: is the scope openid?" : "no refresh token: is the scope offline_access?");
        }

        var expected = new IdTokenExpectation { Issuer = settings.Issuer, Nonce = state.Nonce, AccessToken = new AccessToken(accessToken) };
        return await idTokens.VerifyAsync(idToken, expected, cancellationToken) is { } fault
            ? new CodeExchange.Unavailable($"ID token refused: {fault}")
            : new CodeExchange.SignedIn(SessionOf(accessToken, refreshToken, idToken));
    }

    /// <summary>
    /// A refresh may bring no new refresh token (RFC 6749 section 6) and no ID token (OpenID Connect Core section 12.2): then the old ones stay. So does
    /// the old ID token beside one that does not verify: the refresh token has been rotated by now, and to drop the new one would end the session.
    /// </summary>
    private async Task<RefreshOutcome> RenewAsync(TokenAnswer answer, RefreshGrant grant, CancellationToken cancellationToken)
    {
        var accessToken = answer.AccessToken!; // granted
        var refreshToken = answer.RefreshToken is { Length: > 0 } rotated ? rotated : grant.RefreshToken.Value;
        // Whether it is still the same user is asked of every refreshed session, whoever the provider.
        var expected = new IdTokenExpectation { Issuer = settings.Issuer, Nonce = null, AccessToken = new AccessToken(accessToken) };
        return new RefreshOutcome.Refreshed(answer.IdToken is { } idToken && await idTokens.VerifyAsync(idToken, expected, cancellationToken) is null
            ? SessionOf(accessToken, refreshToken, idToken)
            : Continue(grant, accessToken, refreshToken));
    }

    private static Session Continue(RefreshGrant grant, string accessToken, string refreshToken) =>
        new(new AccessToken(accessToken), new RefreshToken(refreshToken), grant.Session?.User, grant.Session?.Impersonator, grant.Session?.AuthenticationMethod) { IdToken = grant.Session?.IdToken };

    private Session SessionOf(string accessToken, string refreshToken, string verifiedIdToken) =>
        new(new AccessToken(accessToken), new RefreshToken(refreshToken), ProviderUser.Read(verifiedIdToken, settings.ClaimNames), Impersonator: null, AuthenticationMethod: null) { IdToken = new IdToken(verifiedIdToken) };

    private static string WithQuery(Uri endpoint, params (string Name, string? Value)[] parameters)
    {
        var query = string.Join('&', Present(parameters).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return $"{endpoint.AbsoluteUri}{(endpoint.Query is "" ? '?' : '&')}{query}";
    }

    private static IEnumerable<KeyValuePair<string, string>> Present(params (string Name, string? Value)[] parameters) =>
        parameters.Where(pair => pair is { Name: not "", Value: not null }).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!)); // filtered
}
