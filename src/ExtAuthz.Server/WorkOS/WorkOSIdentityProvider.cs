using System.Diagnostics;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using static ExtAuthz.Server.WorkOS.AuthenticateOutcome;

namespace ExtAuthz.Server.WorkOS;

/// <summary>WorkOS AuthKit, through the same calls as its Node SDK. One attempt a call: whoever asks decides whether to ask again.</summary>
internal sealed class WorkOSIdentityProvider(AuthenticateEndpoint authenticate, WorkOSSettings settings) : IIdentityProvider
{
    public string? PromisedIssuer => null;

    public string AuthorizationUrl(AuthorizationRequest request)
    {
        (string Name, string? Value)[] parameters =
        [
            ("client_id", settings.ClientId),
            ("code_challenge", request.CodeChallenge),
            ("code_challenge_method", "S256"),
            ("login_hint", request.LoginHint),
            ("max_age", request.MaxAge is { } age ? $"{(long)age.TotalSeconds}" : null),
            ("organization_id", request.OrganizationId),
            ("prompt", request.Prompt),
            ("provider", "authkit"),
            ("redirect_uri", settings.RedirectUri),
            ("response_type", "code"),
            ("screen_hint", request.ScreenHint is ScreenHint.SignUp ? "sign-up" : "sign-in"),
            ("state", request.State.Value),
        ];
        return WorkOSUrls.Authorize(settings.BaseUrl, parameters.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!)));
    }

    public string? SignOutUrl(SignOutRequest request) =>
        request.SessionId is { } sessionId ? WorkOSUrls.Logout(settings.BaseUrl, sessionId, request.ReturnTo) : null;

    public async Task<CodeExchange> ExchangeCodeAsync(AuthorizationCode code, SignInState state, CancellationToken cancellationToken)
    {
        var request = new AuthenticateRequest
        {
            GrantType = "authorization_code",
            ClientId = settings.ClientId,
            ClientSecret = settings.ApiKey.Value,
            Code = code.Value,
            CodeVerifier = state.CodeVerifier,
        };
        return await authenticate.PostAsync(request, cancellationToken) switch
        {
            Granted granted => new CodeExchange.SignedIn(granted.Session),
            Refused { Status: not 401, Error: not ("invalid_client" or Refused.Unnamed) } refused => new CodeExchange.Refused(refused.Error),
            Refused misconfigured => new CodeExchange.Unavailable(misconfigured.Cause),
            Unavailable unavailable => new CodeExchange.Unavailable(unavailable.Cause),
            _ => throw new UnreachableException(),
        };
    }

    public async Task<RefreshOutcome> RefreshAsync(RefreshGrant grant, CancellationToken cancellationToken)
    {
        var request = new AuthenticateRequest
        {
            GrantType = "refresh_token",
            ClientId = settings.ClientId,
            ClientSecret = settings.ApiKey.Value,
            RefreshToken = grant.RefreshToken.Value,
            OrganizationId = grant.OrganizationId,
        };
        return await authenticate.PostAsync(request, cancellationToken) switch
        {
            Granted granted => new RefreshOutcome.Refreshed(granted.Session),
            Refused { Status: 400, Error: "invalid_grant" } ended => new RefreshOutcome.Ended("invalid_grant") { Redirect = ended.Redirect },
            Refused { Error: "sso_required" or "mfa_enrollment" } ended => new RefreshOutcome.Ended(ended.Error) { Redirect = ended.Redirect },
            Refused refused => new RefreshOutcome.Misconfigured(refused.Cause) 
            {
                MayBeOrganization = grant.OrganizationId is not null && refused is { Status: not 401, Error: not ("invalid_client" or "unauthorized_client" or Refused.Unnamed) },
                Redirect = refused.Redirect,
            },
            Unavailable unavailable => new RefreshOutcome.Transient(unavailable.Cause, unavailable.RetryAfter),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>There is nothing to call: the redirect to <see cref="SignOutUrl"/> ends the session and its tokens.</summary>
    public Task<RevocationOutcome> RevokeAsync(RefreshToken token, TimeSpan patience, CancellationToken cancellationToken) => Task.FromResult<RevocationOutcome>(new RevocationOutcome.NotOffered());
}
