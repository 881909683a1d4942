using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Pages;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 7 at our own endpoints for sessions: sign-out, organisation switch and session status.</summary>
public sealed class EndpointResponses(Site site, ResponseHandling responses)
{
    private readonly SessionCookies _cookies = new(site);

    /// <summary>A parameter of the query is missing, comes twice, or has a value that none may have.</summary>
    public static CheckDecision RefuseParameters(IncomingRequest request)
    {
        var page = new Page("This link does not work", "A part of the address is missing, repeated or not allowed.", ReasonCode.Of(DecisionReason.BadRequest)) { Link = "/", LinkText = "To the start page" };
        return ResponseHandling.Answer(request, DecisionReason.BadRequest, 400, page, "bad_request", [CacheHeaders.NoStore]);
    }

    /// <summary>The end of a sign-out: every cookie of ours goes, in every spelling.</summary>
    public CheckDecision SignOut(IncomingRequest request, SignOutOutcome outcome)
    {
        if (outcome is not SignOutOutcome.SignedOut { SessionId: var sessionId, Events: var events })
        {
            return Confirm(request, "Sign out?", "Sign out", new Uri(outcome.Location).GetLeftPart(UriPartial.Authority));
        }

        var cookies = new CookieHeader(request.Headers.CookieLines);
        return new CheckDecision.Denied(
            DecisionReason.SignOutCompleted,
            303,
            [
                new("location", outcome.Location),
                .. CachingOf(request),
                .. ResponseHandling.SetCookies(
                [
                    .. _cookies.For(request, new SessionState.SignedOut(CookieFate.DeleteEverySpelling)),
                    .. cookies.NamesWithPrefix(FlowCookie.LegacyName).Where(FlowCookie.IsFlowCookie).Select(name => SetCookie.ExpiredFlow(site.Cookie, name)),
                    .. cookies.Value(RecentReturns.CookieName) is null ? Array.Empty<string>() : [SetCookie.ExpiredReturns(site.Cookie)],
                ]),
            ],
            "") { Events = [new SessionEvent.SignedOut(sessionId), .. events] };
    }

    /// <summary>Another site may have caused a request to change the organisation.</summary>
    public static CheckDecision ConfirmSwitch(IncomingRequest request) =>
        Confirm(request, "Change to another organization?", "Change", "https:");

    /// <summary>The end of an organisation switch. Unless it succeeds the old session stays as it is.</summary>
    public CheckDecision SwitchOrganization(IncomingRequest request, SessionState state, EndpointParameters parameters)
    {
        var decision = state switch
        {
            SessionState.SignedIn => Redirect(request, DecisionReason.OrganizationSwitched, site.PublicOrigin + ReturnPathOf(parameters), _cookies.For(request, state)),
            SessionState.SignedOut { Redirect: { } elsewhere } => Redirect(request, DecisionReason.NotSignedIn, elsewhere.Value, []),
            SessionState.Undecided undecided => ResponseHandling.TryLater(request, undecided),
            SessionState.SignedOut { OrganizationError: null or "sso_required" or "mfa_enrollment" } => responses.BeginSignIn(request, ScreenHint.SignIn, parameters),
            _ => RefuseOrganization(request, parameters),
        };
        return decision with { Events = state.Events };
    }

    /// <summary>Who is signed in, for a script of the page.</summary>
    public CheckDecision TellSession(IncomingRequest request, SessionState state) => state switch
    {
        SessionState.SignedIn signedIn => new CheckDecision.Denied(
            DecisionReason.SessionTold,
            200,
            [new("content-type", "application/json"), new("x-content-type-options", "nosniff"), .. CachingOf(request), .. ResponseHandling.SetCookies(_cookies.For(request, state))],
            SessionStatus.Write(signedIn.Session)) { Events = state.Events },
        SessionState.SignedOut signedOut => responses.Unauthorized(request, signedOut) with { Events = state.Events },
        SessionState.Undecided undecided => ResponseHandling.TryLater(request, undecided),
        _ => throw new InvalidOperationException($"Unknown state {state.GetType().Name}."),
    };

    private CheckDecision.Denied RefuseOrganization(IncomingRequest request, EndpointParameters parameters)
    {
        var page = new Page("You can not change to this organization", "Nothing has changed: you are still where you were.", ReasonCode.Of(DecisionReason.OrganizationRefused))
        {
            Link = ReturnPathOf(parameters),
            LinkText = "Go back",
        };
        return ResponseHandling.Answer(request, DecisionReason.OrganizationRefused, 403, page, "organization_refused", CachingOf(request));
    }

    // Where the answer to the form may lead the browser must be allowed to go.
    private static CheckDecision.Denied Confirm(IncomingRequest request, string title, string button, string leadsTo)
    {
        var isVisit = request.Method is "GET" && ClientKinds.Of(request.Headers) is ClientKind.Document;
        var page = new Page(title, "Another page led here. Please confirm that this is what you want.", ReasonCode.Of(DecisionReason.NotConfirmed))
        {
            Form = new PageForm(RequestUrl.PathAndQuery(request.Target), button, leadsTo),
        };
        return ResponseHandling.Answer(request, DecisionReason.NotConfirmed, isVisit ? 200 : 403, page, "not_confirmed", CachingOf(request));
    }

    private static CheckDecision.Denied Redirect(IncomingRequest request, DecisionReason reason, string location, ImmutableArray<string> setCookies) =>
        new(reason, request.Method is "GET" ? 307 : 303, [new("location", location), .. CachingOf(request), .. ResponseHandling.SetCookies(setCookies)], "");

    private string ReturnPathOf(EndpointParameters parameters) => site.ReturnPathOf(parameters.ReturnTo ?? site.ReturnPathname).Value;

    private static ImmutableArray<ResponseHeader> CachingOf(IncomingRequest request) => CacheHeaders.Private(request.Headers.Has(KnownHeader.Authorization));
}
