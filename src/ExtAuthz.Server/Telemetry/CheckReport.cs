using ExtAuthz.Domain;

namespace ExtAuthz.Server.Telemetry;

/// <summary>Tells what was decided and what happened to the session: one line a request, without queries, cookies or tokens.</summary>
internal sealed class CheckReport(CheckMetrics metrics, ILogger<CheckReport> log)
{
    /// <summary>Reports one decision.</summary>
    public void Tell(IncomingRequest request, CheckDecision decision, TimeSpan duration)
    {
        var isAllowed = decision is CheckDecision.Allowed;
        metrics.Decided(isAllowed, decision.Reason, duration);
        var level = isAllowed ? LogLevel.Debug : LogLevel.Information;
        if (log.IsEnabled(level))
        {
            log.Decided(level, isAllowed ? "allow" : "deny", ReasonCode.Of(decision.Reason), LogText.Of(request.Method), LogText.Of(request.Target.Path), LogText.Of(request.RequestId));
        }

        foreach (var sessionEvent in decision.Events)
        {
            metrics.Happened(sessionEvent);
            Tell(request, sessionEvent);
        }
    }

    /// <summary>Measures a decision that failed by a fault of ours, and is a denial therefore.</summary>
    public void TellFault(TimeSpan duration) => metrics.Decided(isAllowed: false, DecisionReason.InternalFault, duration);

    private void Tell(IncomingRequest request, SessionEvent sessionEvent)
    {
        switch (sessionEvent)
        {
            case SessionEvent.NotFound:
                log.SessionNotFound();
                break;
            case SessionEvent.Unreadable:
                log.SessionUnreadable();
                break;
            case SessionEvent.Ambiguous:
                log.SessionAmbiguous(LogText.Of(request.RequestId));
                break;
            case SessionEvent.Refreshing refreshing:
                log.Refreshing(refreshing.Fault, refreshing.SessionId);
                break;
            case SessionEvent.RefreshingAhead ahead:
                log.RefreshingAhead(ahead.SessionId);
                break;
            case SessionEvent.Refreshed refreshed:
                log.Refreshed(refreshed.SessionId);
                break;
            case SessionEvent.RefreshAheadFailed failed:
                log.RefreshAheadFailed(failed.Cause);
                break;
            case SessionEvent.Ended ended:
                log.SessionEnded(ended.Cause);
                break;
            case SessionEvent.RefreshUnavailable unavailable:
                log.RefreshUnavailable(unavailable.Cause);
                break;
            case SessionEvent.ProviderRefusesUs refusal:
                log.ProviderRefusesUs(refusal.Cause);
                break;
            case SessionEvent.RefreshedTokenRefused refused:
                log.RefreshedTokenRefused(refused.Fault);
                break;
            case SessionEvent.KeysUnavailable:
                log.KeysUnavailable();
                break;
            case SessionEvent.SignInRequired required:
                log.SignInRequired(LogText.Of(required.Path));
                break;
            case SessionEvent.ClaimLeftOut leftOut:
                log.ClaimLeftOut(leftOut.Header);
                break;
            case SessionEvent.CallbackFailed failed:
                log.CallbackFailed(failed.Cause, LogText.Of(request.RequestId));
                break;
            case SessionEvent.Trimmed trimmed:
                log.SessionTrimmed(trimmed.LeftOut, trimmed.Length);
                break;
            case SessionEvent.TooLarge tooLarge:
                log.SessionTooLarge(tooLarge.Length, LogText.Of(request.RequestId));
                break;
            case SessionEvent.OrganizationRefused organization:
                log.OrganizationRefused(organization.Cause);
                break;
            case SessionEvent.SignedOut signedOut:
                log.SignedOut(signedOut.SessionId);
                break;
            case SessionEvent.SignedOutByProvider signedOut:
                log.SignedOutByProvider(signedOut.SessionId is { } id ? $"session {id}" : "all sessions of a user");
                break;
            case SessionEvent.LogoutBodyMissing:
                log.LogoutBodyMissing();
                break;
            case SessionEvent.LogoutRefused refused:
                log.LogoutRefused(refused.Fault, LogText.Of(request.RequestId));
                break;
            case SessionEvent.RefreshTokenNotRevoked failed:
                log.RefreshTokenNotRevoked(failed.Cause);
                break;
            default:
                throw new InvalidOperationException($"Unknown event {sessionEvent.GetType().Name}.");
        }
    }
}
