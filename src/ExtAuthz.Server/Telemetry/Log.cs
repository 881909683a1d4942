using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Server.Telemetry;

/// <summary>Every event of the service. Ids and names are a contract: never reused, never renamed. The words of AuthKit's debug lines are kept.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "Decided", Message = "{Decision} {Reason} {Method} {Path} request {RequestId}")]
    public static partial void Decided(this ILogger log, LogLevel level, string decision, string reason, string method, RequestTarget path, string requestId);

    [LoggerMessage(10, LogLevel.Debug, "No session found from cookie", EventName = "SessionNotFound")]
    public static partial void SessionNotFound(this ILogger log);

    [LoggerMessage(11, LogLevel.Debug, "Session cookie cannot be opened. Deleting cookie.", EventName = "SessionUnreadable")]
    public static partial void SessionUnreadable(this ILogger log);

    [LoggerMessage(12, LogLevel.Warning, "Cookies of two different sessions in request {RequestId}: neither counts", EventName = "SessionAmbiguous")]
    public static partial void SessionAmbiguous(this ILogger log, string requestId);

    [LoggerMessage(13, LogLevel.Debug, "Session invalid ({Fault}). Refreshing access token of session {SessionId}", EventName = "Refreshing")]
    public static partial void Refreshing(this ILogger log, string fault, string? sessionId);

    [LoggerMessage(14, LogLevel.Debug, "Session expiring soon. Proactively refreshing access token of session {SessionId}", EventName = "RefreshingAhead")]
    public static partial void RefreshingAhead(this ILogger log, string? sessionId);

    [LoggerMessage(15, LogLevel.Debug, "Session successfully refreshed: {SessionId}", EventName = "Refreshed")]
    public static partial void Refreshed(this ILogger log, string? sessionId);

    [LoggerMessage(16, LogLevel.Debug, "Proactive refresh failed ({Cause}). Serving request with the still-valid access token.", EventName = "RefreshAheadFailed")]
    public static partial void RefreshAheadFailed(this ILogger log, string cause);

    [LoggerMessage(17, LogLevel.Debug, "Failed to refresh ({Cause}). Deleting cookie.", EventName = "SessionEnded")]
    public static partial void SessionEnded(this ILogger log, string cause);

    [LoggerMessage(18, LogLevel.Warning, "Failed to refresh due to a transient error ({Cause}). Preserving the session cookie so it can be retried.", EventName = "RefreshUnavailable")]
    public static partial void RefreshUnavailable(this ILogger log, string cause);

    [LoggerMessage(19, LogLevel.Error, "The provider refuses this service ({Cause}): check the client id and the API key. No session was ended.", EventName = "ProviderRefusesUs")]
    public static partial void ProviderRefusesUs(this ILogger log, string cause);

    [LoggerMessage(20, LogLevel.Error, "A refresh brought an access token that does not verify ({Fault}): check the issuer and the client id", EventName = "RefreshedTokenRefused")]
    public static partial void RefreshedTokenRefused(this ILogger log, string fault);

    [LoggerMessage(21, LogLevel.Warning, "No keys to verify access tokens with", EventName = "KeysUnavailable")]
    public static partial void KeysUnavailable(this ILogger log);

    [LoggerMessage(22, LogLevel.Debug, "Unauthenticated user on protected route {Path}, redirecting to AuthKit", EventName = "SignInRequired")]
    public static partial void SignInRequired(this ILogger log, string path);

    [LoggerMessage(23, LogLevel.Warning, "A claim is too large for header {Header} and was left out", EventName = "ClaimLeftOut")]
    public static partial void ClaimLeftOut(this ILogger log, string header);

    [LoggerMessage(24, LogLevel.Warning, "Sign-in failed at the callback ({Cause}), request {RequestId}", EventName = "CallbackFailed")]
    public static partial void CallbackFailed(this ILogger log, string cause, string requestId);
}
