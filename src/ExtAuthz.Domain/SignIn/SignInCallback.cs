using System.Security.Cryptography;
using System.Text;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.SignIn;

/// <summary>
/// Completes a sign-in (RFC 6749 section 4.1.2, RFC 7636 section 4.5): the state must be the one this browser's cookie holds,
/// ours and not expired; then the code buys a session, once.
/// </summary>
public sealed class SignInCallback(Site site, IIdentityProvider provider, ISessionCodec codec, SessionSealer sealer, IAccessTokenVerifier tokens)
{
    /// <summary>Handles the authorization response of a request.</summary>
    public async Task<CallbackOutcome> CompleteAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        var parameters = CallbackParameters.Read(request.Target.Query);
        var outcome = await CompleteAsync(parameters, new CookieHeader(request.Headers.CookieLines), cancellationToken);
        return parameters.State is { } state ? outcome with { SpentFlowCookies = [FlowCookie.Name(new SealedState(state))] } : outcome;
    }

    private async Task<CallbackOutcome> CompleteAsync(CallbackParameters parameters, CookieHeader cookies, CancellationToken cancellationToken)
    {
        if (parameters.HasDuplicates)
        {
            return Failed(SignInFailure.BadResponse, "duplicate parameter");
        }

        if (parameters.Error is not null)
        {
            return Failed(SignInFailure.ProviderRefused, parameters.Error is "access_denied" ? "access_denied" : "provider error");
        }

        if (parameters is not { Code: { Length: > 0 } code, State: { Length: > 0 } stateValue })
        {
            return Failed(SignInFailure.BadResponse, "code or state missing");
        }

        var sealedState = new SealedState(stateValue);
        var cookie = cookies.Value(FlowCookie.Name(sealedState)) ?? cookies.Value(FlowCookie.LegacyName);
        if (cookie is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(cookie), Encoding.UTF8.GetBytes(stateValue)))
        {
            return Failed(SignInFailure.NotStartedHere, cookie is null ? "flow cookie missing" : "flow cookie of another sign-in");
        }

        return codec.UnsealState(sealedState) is { } state
            ? await ExchangeAsync(new AuthorizationCode(code), state, cancellationToken)
            : Failed(SignInFailure.Expired, "state expired or not ours");
    }

    private async Task<CallbackOutcome> ExchangeAsync(AuthorizationCode code, SignInState state, CancellationToken cancellationToken) =>
        await provider.ExchangeCodeAsync(code, state, cancellationToken) switch
        {
            CodeExchange.SignedIn signedIn => await BeginSessionAsync(signedIn.Session, state, cancellationToken),
            CodeExchange.Refused refused => Failed(SignInFailure.CodeRefused, refused.Error),
            CodeExchange.Unavailable unavailable => Failed(SignInFailure.ProviderUnavailable, unavailable.Cause),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };

    private async Task<CallbackOutcome> BeginSessionAsync(Session session, SignInState state, CancellationToken cancellationToken)
    {
        // Without keys the session is begun all the same: no request is let through with it before it verifies.
        var verdict = await tokens.VerifyAsync(session.AccessToken, cancellationToken);
        return verdict switch
        {
            TokenVerdict.Accepted accepted when !string.Equals(accepted.Claims.Subject, session.User?.Id, StringComparison.Ordinal) => Failed(SignInFailure.BadTokens, "access token of another user"),
            TokenVerdict.Accepted or TokenVerdict.Unverifiable => Begun(sealer.Seal(session), state),
            TokenVerdict.NotUsable unusable => Failed(SignInFailure.BadTokens, unusable.Fault.ToString()),
            _ => Failed(SignInFailure.BadTokens, "access token cannot be decoded"),
        };
    }

    private CallbackOutcome Begun(SealedSessionFit session, SignInState state)
    {
        CallbackOutcome outcome = session.IsTooLarge
            ? Failed(SignInFailure.SessionTooLarge, "session too large")
            : new CallbackOutcome.SignedIn(session.Sealed, ReturnPathOf(state));
        return outcome with { Events = session.Events };
    }

    private ReturnPath ReturnPathOf(SignInState state) => site.ReturnPathOf(state.ReturnPathname ?? site.ReturnPathname);

    private static CallbackOutcome.Failed Failed(SignInFailure failure, string cause) => new(failure, cause);
}
