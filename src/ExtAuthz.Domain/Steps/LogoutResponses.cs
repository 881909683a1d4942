using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Pages;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Steps;

/// <summary>Step 7 where the provider tells of a logout: by itself in the back channel, by a frame in the user's browser in the front channel.</summary>
public sealed class LogoutResponses(Site site)
{
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);

    private readonly SessionCookies _cookies = new(site);
    private readonly Uri? _issuer = site.Issuer is { } issuer ? new Uri(issuer) : null;

    /// <summary>The answer to a logout token (OpenID Connect Back-Channel Logout section 2.8).</summary>
    public static CheckDecision AnswerProvider(LogoutOutcome outcome) => outcome switch
    {
        LogoutOutcome.Ended ended => new CheckDecision.Denied(DecisionReason.LogoutReceived, 200, [CacheHeaders.NoStore], "") { Events = [new SessionEvent.SignedOutByProvider(ended.SessionId)] },
        LogoutOutcome.Refused { Fault: var fault } => ResponseHandling.Json(DecisionReason.LogoutRefused, 400, "invalid_request", ReasonCode.Of(fault), loginUrl: null, [CacheHeaders.NoStore]) with
        {
            Events = [fault is LogoutFault.BodyMissing ? new SessionEvent.LogoutBodyMissing() : new SessionEvent.LogoutRefused(fault)],
        },
        LogoutOutcome.Unverifiable => ResponseHandling.Json(DecisionReason.KeysUnavailable, 503, "unavailable", ReasonCode.Of(DecisionReason.KeysUnavailable), loginUrl: null, [ResponseHandling.RetryAfter(RetrySoon), CacheHeaders.NoStore]) with
        {
            Events = [new SessionEvent.KeysUnavailable()],
        },
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    /// <summary>The page in the frame. It is the same whether a session ended or not: who loads it learns nothing.</summary>
    public CheckDecision AnswerFrame(IncomingRequest request, LogoutOutcome outcome)
    {
        if (outcome is LogoutOutcome.Refused)
        {
            return EndpointResponses.RefuseParameters(request);
        }

        var page = new Page("Signing out", "If this browser had a session of that sign-in here, it has ended.", ReasonCode.Of(DecisionReason.LogoutReceived)) { FramedBy = _issuer?.GetLeftPart(UriPartial.Authority) };
        var ended = outcome as LogoutOutcome.Ended;
        return new CheckDecision.Denied(
            DecisionReason.LogoutReceived,
            200,
            [
                .. page.OwnHeaders,
                CacheHeaders.NoStore,
                .. ResponseHandling.SetCookies(ended is null ? [] : _cookies.For(request, new SessionState.SignedOut(CookieFate.DeleteEverySpelling))),
            ],
            page.ToHtml()) { Events = ended is null ? [] : [new SessionEvent.SignedOutByProvider(ended.SessionId)] };
    }
}
