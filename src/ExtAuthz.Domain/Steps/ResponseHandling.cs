using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Pages;
using ExtAuthz.Domain.Routes;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 7: the answer, in the form that this kind of client understands.</summary>
public sealed class ResponseHandling(Site site, SignInStart signIn)
{
    private readonly SessionCookies _cookies = new(site);

    /// <summary>On to the upstream.</summary>
    public CheckDecision Allow(IncomingRequest request, SessionState state, UpstreamHeaders upstream)
    {
        var cookies = _cookies.For(request, state);
        var cache = CacheHeadersFor(request, state);
        return new CheckDecision.Allowed(
            state is SessionState.SignedIn ? DecisionReason.SignedIn : DecisionReason.Public,
            upstream,
            cookies.IsEmpty ? cache : [.. cache, .. SetCookies(cookies, added: true)]) { Events = state.Events };
    }

    /// <summary>A signed-out request to a protected path: a document is sent to sign-in, anything else is told so.</summary>
    public CheckDecision RequireSignIn(IncomingRequest request, SessionState.SignedOut state, Route.Page page)
    {
        var hint = site.SignUpPaths.Matches(request.Target.Path) ? ScreenHint.SignUp : ScreenHint.SignIn;
        var decision = SendToSignIn(request, state, hint, new EndpointParameters(RequestUrl.PathAndQuery(request.Target), MaxAge: page.MaxAge));
        return decision with { Events = [.. state.Events, new SessionEvent.SignInRequired(request.Target.ToString())] };
    }

    /// <summary>A user who signed in too long ago for this page: a document is sent to do it again, anything else is told so (RFC 9470 section 3). The session stays.</summary>
    public CheckDecision RequireRecentSignIn(IncomingRequest request, SessionState.SignedIn state, Route.Page page)
    {
        var (session, seconds) = (state.Session, (long?)page.MaxAge?.TotalSeconds);
        return (IsRedirected(request)
            ? Redirect(request, state, DecisionReason.AuthenticationTooOld, ScreenHint.SignIn, new EndpointParameters(
                RequestUrl.PathAndQuery(request.Target), session.Claims.OrganizationId, session.Session.User?.Email, MaxAge: page.MaxAge))
            : Json(DecisionReason.AuthenticationTooOld, 401, "insufficient_user_authentication", ReasonCode.Of(DecisionReason.AuthenticationTooOld), $"{LoginUrl}?max_age={seconds}",
            [
                new("www-authenticate", $"Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent sign-in is needed\", max_age=\"{seconds}\""),
                .. CacheHeadersFor(request, state),
                .. SetCookies(_cookies.For(request, state)),
            ])) with { Events = state.Events };
    }

    /// <summary>A visit to one of our endpoints that begins a sign-in. Here too only a document is redirected: a prefetch must not begin a sign-in.</summary>
    public CheckDecision BeginSignIn(IncomingRequest request, ScreenHint hint, EndpointParameters parameters) =>
        SendToSignIn(request, new SessionState.SignedOut(CookieFate.Keep), hint, parameters);

    /// <summary>A session that can neither be used nor given up: try again soon, the cookie stays.</summary>
    public static CheckDecision TryLater(IncomingRequest request, SessionState.Undecided state)
    {
        var page = new Page("One moment, please", "Your session cannot be checked right now. This page tries again by itself.", ReasonCode.Of(state.Reason))
        {
            ReloadAfter = IsSafe(request.Method) ? state.RetryAfter : null,
        };
        return Answer(request, state.Reason, 503, page, "unavailable", [RetryAfter(state.RetryAfter), .. CacheHeadersFor(request, state)]) with { Events = state.Events };
    }

    /// <summary>A request that no upstream should see.</summary>
    public static CheckDecision Reject(IncomingRequest request)
    {
        var page = new Page("This address does not work", "The address contains characters that are not allowed.", ReasonCode.Of(DecisionReason.BadRequest)) { Link = "/", LinkText = "To the start page" };
        return Answer(request, DecisionReason.BadRequest, 400, page, "bad_request", [CacheHeaders.NoStore]);
    }

    /// <summary>No site of ours has this host (RFC 9110 section 15.5.20).</summary>
    public static CheckDecision RefuseHost(IncomingRequest request)
    {
        var page = new Page("This address does not work", "There is no site at this address.", ReasonCode.Of(DecisionReason.UnknownHost));
        return Answer(request, DecisionReason.UnknownHost, 421, page, "unknown_host", [CacheHeaders.NoStore]);
    }

    /// <summary>An endpoint of ours was asked with a method that it does not answer.</summary>
    public static CheckDecision RefuseMethod(IncomingRequest request, Route.WrongMethod route)
    {
        var page = new Page("This does not work", "This address is not made for such a request.", ReasonCode.Of(DecisionReason.BadRequest)) { Link = "/", LinkText = "To the start page" };
        return Answer(request, DecisionReason.BadRequest, 405, page, "method_not_allowed", [new("allow", route.Allowed), CacheHeaders.NoStore]);
    }

    /// <summary>The end of a sign-in. One that was lost begins again where the client can follow.</summary>
    public CheckDecision EndSignIn(IncomingRequest request, CallbackOutcome outcome) => outcome switch
    {
        CallbackOutcome.SignedIn signedIn => Return(request, signedIn.ReturnPath, [.. _cookies.Begin(request, signedIn.Sealed), .. outcome.SetCookies]) with { Events = outcome.Events },
        CallbackOutcome.AlreadySignedIn already => Return(request, already.ReturnPath, outcome.SetCookies),
        CallbackOutcome.Lost lost when ClientKinds.Of(request.Headers) is ClientKind.Document => BeginAgain(request, lost),
        CallbackOutcome.Lost lost => Fail(request, lost.Failure, lost.SetCookies),
        CallbackOutcome.Failed failed => Fail(request, failed, failed.SetCookies),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    private CheckDecision.Denied Return(IncomingRequest request, ReturnPath path, ImmutableArray<string> setCookies) => new(
        DecisionReason.SignInCompleted,
        307,
        [new("location", site.PublicOrigin + path.Value), .. CallbackCacheHeaders(request), .. SetCookies(setCookies)],
        "");

    private CheckDecision.Denied BeginAgain(IncomingRequest request, CallbackOutcome.Lost lost)
    {
        var redirect = signIn.Begin(lost.ReturnPath, ScreenHint.SignIn, new CookieHeader(request.Headers.CookieLines), isRestart: true);
        return new CheckDecision.Denied(
            DecisionReason.SignInRestarted,
            307,
            [new("location", redirect.Location), .. CallbackCacheHeaders(request), .. SetCookies([.. lost.SetCookies, .. redirect.SetCookies])],
            "")
        {
            Events = [new SessionEvent.CallbackFailed(lost.Failure.Cause)],
        };
    }

    private CheckDecision.Denied Fail(IncomingRequest request, CallbackOutcome.Failed failed, ImmutableArray<string> setCookies) => Answer(
        request,
        DecisionReason.SignInFailed,
        failed.Failure is SignInFailure.ProviderUnavailable ? 503 : 400,
        SignInFailurePage.For(failed.Failure, site.SignInPath ?? "/"),
        "sign_in_failed",
        [.. CallbackCacheHeaders(request), .. SetCookies(setCookies)]) with { Events = [.. failed.Events, new SessionEvent.CallbackFailed(failed.Cause)] };

    private static ImmutableArray<ResponseHeader> CallbackCacheHeaders(IncomingRequest request) => CacheHeaders.Private(request.Headers.Has(KnownHeader.Authorization));

    private CheckDecision.Denied SendToSignIn(IncomingRequest request, SessionState.SignedOut state, ScreenHint hint, EndpointParameters parameters) =>
        IsRedirected(request) ? Redirect(request, state, ReasonOf(state), hint, parameters) : Unauthorized(request, state);

    private bool IsRedirected(IncomingRequest request) =>
        ClientKinds.Of(request.Headers) is ClientKind.Document || site.UnauthenticatedResponse is UnauthenticatedResponse.Redirect;

    private CheckDecision.Denied Redirect(IncomingRequest request, SessionState state, DecisionReason reason, ScreenHint hint, EndpointParameters parameters)
    {
        CookieHeader? cookies = ClientKinds.Of(request.Headers) is ClientKind.Document ? new CookieHeader(request.Headers.CookieLines) : null;
        var redirect = signIn.Begin(site.ReturnPathOf(parameters.ReturnTo ?? site.ReturnPathname), hint, cookies, wishes: parameters);
        ImmutableArray<string> setCookies = [.. _cookies.For(request, state), .. redirect.SetCookies];
        var cache = CacheHeadersFor(request, state);
        return new CheckDecision.Denied(
            reason,
            IsSafe(request.Method) ? 307 : 303,
            [
                new("location", redirect.Location),
                .. cache.IsEmpty && !setCookies.IsEmpty ? [CacheHeaders.NoStore] : cache,
                .. SetCookies(setCookies),
            ],
            "");
    }

    /// <summary>A signed-out request that a script made, told so.</summary>
    internal CheckDecision.Denied Unauthorized(IncomingRequest request, SessionState.SignedOut state)
    {
        var reason = ReasonOf(state);
        var cache = CacheHeadersFor(request, state);
        return Json(reason, 401, "unauthenticated", ReasonCode.Of(reason), LoginUrl, [.. cache.IsEmpty ? [CacheHeaders.NoStore] : cache, .. SetCookies(_cookies.For(request, state))]);
    }

    private string LoginUrl => site.PublicOrigin + (site.SignInPath ?? "/");

    internal static CheckDecision.Denied Answer(IncomingRequest request, DecisionReason reason, int status, Page page, string error, ImmutableArray<ResponseHeader> headers) =>
        ClientKinds.Of(request.Headers) is ClientKind.Document
            ? new CheckDecision.Denied(reason, status, [.. page.OwnHeaders, .. headers], page.ToHtml())
            : Json(reason, status, error, page.Code, loginUrl: null, headers);

    // The members hold nothing that JSON would have to escape: our own words and a configured URL.
    internal static CheckDecision.Denied Json(DecisionReason reason, int status, string error, string code, string? loginUrl, ImmutableArray<ResponseHeader> headers) => new(
        reason,
        status,
        [new("content-type", "application/json"), .. headers],
        loginUrl is null
            ? $$"""{"error":"{{error}}","reason":"{{code}}"}"""
            : $$"""{"error":"{{error}}","reason":"{{code}}","login_url":"{{loginUrl}}"}""");

    internal static ResponseHeader RetryAfter(TimeSpan delay) => new("retry-after", Math.Max(1, (int)Math.Ceiling(delay.TotalSeconds)).ToString());

    /// <summary>What depends on a session, or could have, is kept out of caches.</summary>
    private static ImmutableArray<ResponseHeader> CacheHeadersFor(IncomingRequest request, SessionState state)
    {
        var hasAuthorization = request.Headers.Has(KnownHeader.Authorization);
        return state is SessionState.SignedOut { Cookie: CookieFate.Keep } && !hasAuthorization ? [] : CacheHeaders.Private(hasAuthorization);
    }

    internal static IEnumerable<ResponseHeader> SetCookies(ImmutableArray<string> values, bool added = false) =>
        values.Select(value => new ResponseHeader("set-cookie", value, added));

    private static DecisionReason ReasonOf(SessionState.SignedOut state) =>
        state.Cookie is CookieFate.Keep ? DecisionReason.NotSignedIn : DecisionReason.SessionEnded;

    private static bool IsSafe(string method) => method is "GET" or "HEAD";
}
