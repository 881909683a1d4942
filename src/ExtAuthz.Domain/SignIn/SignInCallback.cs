using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.SignIn;

/// <summary>
/// Completes a sign-in (RFC 6749 section 4.1.2, RFC 7636 section 4.5): the state must be the one this browser's cookie holds,
/// ours, not expired and not used before; then the code buys a session, once. Behind <see cref="IUsedOnce"/> stand the provider's single-use code and PKCE.
/// </summary>
public sealed class SignInCallback(
    Site site,
    IIdentityProvider provider,
    ISessionCodec codec,
    SessionSealer sealer,
    IAccessTokenVerifier tokens,
    PresentSession present,
    ISessionRevocation revocation,
    IUsedOnce used,
    TimeProvider clock)
{
    /// <summary>How long a browser may take from the provider's page to here.</summary>
    private static readonly TimeSpan WayBack = TimeSpan.FromMinutes(1);

    /// <summary>Handles the authorization response of a request.</summary>
    public async Task<CallbackOutcome> CompleteAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        var response = CallbackParameters.Read(request.Target.Query);
        var cookies = new CookieHeader(request.Headers.CookieLines);
        var outcome = await CompleteAsync(response, cookies, cancellationToken);
        return outcome with { SetCookies = [.. CallbackCookies.For(outcome, response, cookies, site.Cookie, clock.GetUtcNow())] };
    }

    private async Task<CallbackOutcome> CompleteAsync(CallbackParameters response, CookieHeader cookies, CancellationToken cancellationToken)
    {
        if (response.HasDuplicates)
        {
            return Failed(SignInFailure.BadResponse, "duplicate parameter");
        }

        if (response.Error is { } error)
        {
            return error is "access_denied" ? Failed(SignInFailure.AccessDenied, error) : Failed(SignInFailure.ProviderRefused, "provider error");
        }

        if (response.Code is not { Length: > 0 } code)
        {
            return Failed(SignInFailure.BadResponse, "code missing");
        }

        if (RecentReturns.Read(cookies, clock.GetUtcNow()).AreTooMany && !await present.IsInAsync(cookies, cancellationToken))
        {
            return Failed(SignInFailure.SessionNotKept, "third return within a minute without a session");
        }

        if (response.State is not { Length: > 0 } value)
        {
            return await LoseAsync(null, Failed(SignInFailure.BadResponse, "code without state"), cookies, cancellationToken);
        }

        return provider.PromisedIssuer is { } issuer && !string.Equals(issuer, response.Issuer, StringComparison.Ordinal)
            ? Failed(SignInFailure.BadResponse, "issuer missing or another one")
            : await CompleteAsync(new AuthorizationCode(code), new SealedState(value), cookies, cancellationToken);
    }

    private async Task<CallbackOutcome> CompleteAsync(AuthorizationCode code, SealedState sealedState, CookieHeader cookies, CancellationToken cancellationToken)
    {
        var isBound = FlowCookie.Matches(cookies, sealedState);
        if (isBound == false)
        {
            return Failed(SignInFailure.NotStartedHere, "flow cookie of another sign-in");
        }

        // The seal allows a minute more, for clocks that differ.
        var inTime = clock.GetUtcNow() < sealedState.EndsAt ? codec.UnsealState(sealedState) : null;
        var known = inTime ?? codec.UnsealLateState(sealedState);
        return (known, isBound, IsOver: inTime is null) switch
        {
            // Neither the state nor a cookie could tell how often this happens, so it does not begin again.
            (null, null, _) when await present.IsInAsync(cookies, cancellationToken) => new CallbackOutcome.AlreadySignedIn(ReturnPathOf(null)),
            (null, null, _) => Failed(SignInFailure.NotStartedHere, "flow cookie missing, state not ours"),
            (null, _, _) => await LoseAsync(null, Failed(SignInFailure.Expired, "state not ours"), cookies, cancellationToken),
            (_, _, true) => await LoseAsync(known, Failed(SignInFailure.Expired, "state expired"), cookies, cancellationToken),
            (_, null, _) => await LoseAsync(known, Failed(SignInFailure.CookiesBlocked, "flow cookie missing"), cookies, cancellationToken),
            _ when !await used.TryUseAsync(sealedState.Value, cancellationToken) => await LoseAsync(known, Failed(SignInFailure.AlreadyUsed, "state used before"), cookies, cancellationToken),
            _ => await ExchangeAsync(code, known, cancellationToken),
        };
    }

    /// <summary>What cannot be completed may not be needed any more, or begins again; but what has begun again already ends with a page.</summary>
    private async Task<CallbackOutcome> LoseAsync(SignInState? state, CallbackOutcome.Failed failure, CookieHeader cookies, CancellationToken cancellationToken)
    {
        var returnPath = ReturnPathOf(state);
        if (await present.IsInAsync(cookies, cancellationToken))
        {
            return new CallbackOutcome.AlreadySignedIn(returnPath);
        }

        return state is { IsRestart: true } ? failure : new CallbackOutcome.Lost(returnPath, failure);
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
            TokenVerdict.Accepted accepted when IsTooOld(SessionIdentity.Of(session, accepted.Claims).AuthenticatedAt, state.MaxAge) => Failed(SignInFailure.AuthenticationTooOld, "auth_time missing or too long ago"),
            TokenVerdict.Accepted or TokenVerdict.Unverifiable => await BeginSessionAsync(sealer.Seal(session), state, cancellationToken),
            TokenVerdict.NotUsable { Fault: TokenFault.Expired or TokenFault.Time } late => Failed(SignInFailure.ClocksDiffer, late.Fault.ToString()),
            TokenVerdict.NotUsable unusable => Failed(SignInFailure.BadTokens, unusable.Fault.ToString()),
            _ => Failed(SignInFailure.BadTokens, "access token cannot be decoded"),
        };
    }

    private bool IsTooOld(DateTimeOffset? authenticatedAt, TimeSpan? maxAge) =>
        maxAge is { } age && !(clock.GetUtcNow() - authenticatedAt <= age + WayBack);

    private async Task<CallbackOutcome> BeginSessionAsync(SealedSessionFit session, SignInState state, CancellationToken cancellationToken)
    {
        if (session.IsTooLarge)
        {
            return Failed(SignInFailure.SessionTooLarge, "session too large") with { Events = session.Events };
        }

        await revocation.BeginAsync(SessionIdentity.Of(session.Session), cancellationToken);
        return new CallbackOutcome.SignedIn(session.Sealed, ReturnPathOf(state)) { Events = session.Events };
    }

    private ReturnPath ReturnPathOf(SignInState? state) => site.ReturnPathOf(state?.ReturnPathname ?? site.ReturnPathname);

    private static CallbackOutcome.Failed Failed(SignInFailure failure, string cause) => new(failure, cause);
}
