using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.OpenIdConnect;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Tokens;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server;

/// <summary>Every log event. Ids and names are a contract: never reused, never renamed.</summary>
internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Warning, "Denied a CheckRequest that is not protobuf", EventName = "CheckRequestMalformed")]
    public static partial void CheckRequestMalformed(this ILogger log);

    [LoggerMessage(21, LogLevel.Warning, "Denied a CheckRequest without an HTTP request: is the filter in a TCP or UDP chain?", EventName = "CheckRequestNotHttp")]
    public static partial void CheckRequestNotHttp(this ILogger log);

    [LoggerMessage(22, LogLevel.Error, "A check failed and is denied", EventName = "CheckFailed")]
    public static partial void CheckFailed(this ILogger log, Exception exception);

    [LoggerMessage(23, LogLevel.Error, "A gRPC call failed", EventName = "GrpcCallFailed")]
    public static partial void GrpcCallFailed(this ILogger log, Exception exception);

    [LoggerMessage(300, LogLevel.Information, "Site {PublicOrigin} for {Hosts}, callback {RedirectUri} (handled here: {HandlesCallback}), paths protected: {ProtectsRoutes}, answer without a session: {UnauthenticatedResponse}", EventName = "SiteConfigured")]
    public static partial void SiteConfigured(this ILogger log, string publicOrigin, string hosts, string redirectUri, bool handlesCallback, bool protectsRoutes, UnauthenticatedResponse unauthenticatedResponse);

    [LoggerMessage(301, LogLevel.Information, "Cookie {Name}, domain {Domain}, max age {MaxAge}, SameSite {SameSite}, secure: {Secure}, password {SealingPassword} seals", EventName = "CookieConfigured")]
    public static partial void CookieConfigured(this ILogger log, string name, string domain, TimeSpan maxAge, SameSite sameSite, bool secure, string sealingPassword);

    [LoggerMessage(302, LogLevel.Information, "WorkOS at {BaseUrl} as {ClientId}, issuers {Issuers}", EventName = "ProviderConfigured")]
    public static partial void ProviderConfigured(this ILogger log, string baseUrl, string clientId, string issuers);

    [LoggerMessage(303, LogLevel.Information, "gRPC at {EndPoint}, transport {Transport}", EventName = "GrpcConfigured")]
    public static partial void GrpcConfigured(this ILogger log, string endPoint, string transport);

    [LoggerMessage(304, LogLevel.Warning, "{Setting} weakens security: {Consequence}", EventName = "UnsafeSetting")]
    public static partial void UnsafeSetting(this ILogger log, string setting, string consequence);

    [LoggerMessage(305, LogLevel.Information, "OpenID Connect provider {Issuer} as {ClientId} by {ClientAuthentication}, audience {Audience}", EventName = "OpenIdConnectConfigured")]
    public static partial void OpenIdConnectConfigured(this ILogger log, string issuer, string clientId, ClientAuthentication clientAuthentication, string audience);

    [LoggerMessage(306, LogLevel.Information, "Redis {Servers}, keys {KeyPrefix}*", EventName = "RedisConfigured")]
    public static partial void RedisConfigured(this ILogger log, RedisServers servers, string keyPrefix);

    [LoggerMessage(307, LogLevel.Information, "Events of the provider at {EndPoint}", EventName = "OperationsConfigured")]
    public static partial void OperationsConfigured(this ILogger log, string endPoint);

    // Decisions and sessions, in the words of AuthKit's debug lines.
    [LoggerMessage(EventId = 40, EventName = "Decided", Message = "{Decision} {Reason} {Method} {Path} request {RequestId}")]
    public static partial void Decided(this ILogger log, LogLevel level, string decision, string reason, string method, string path, string requestId);

    [LoggerMessage(41, LogLevel.Debug, "No session found from cookie", EventName = "SessionNotFound")]
    public static partial void SessionNotFound(this ILogger log);

    [LoggerMessage(42, LogLevel.Debug, "Session cookie cannot be opened. Deleting cookie.", EventName = "SessionUnreadable")]
    public static partial void SessionUnreadable(this ILogger log);

    [LoggerMessage(43, LogLevel.Warning, "Cookies of two different sessions in request {RequestId}: neither counts", EventName = "SessionAmbiguous")]
    public static partial void SessionAmbiguous(this ILogger log, string requestId);

    [LoggerMessage(44, LogLevel.Debug, "Session invalid ({Fault}). Refreshing access token of session {SessionId}", EventName = "Refreshing")]
    public static partial void Refreshing(this ILogger log, string fault, string? sessionId);

    [LoggerMessage(45, LogLevel.Debug, "Session expiring soon. Proactively refreshing access token of session {SessionId}", EventName = "RefreshingAhead")]
    public static partial void RefreshingAhead(this ILogger log, string? sessionId);

    [LoggerMessage(46, LogLevel.Debug, "Session successfully refreshed: {SessionId}", EventName = "Refreshed")]
    public static partial void Refreshed(this ILogger log, string? sessionId);

    [LoggerMessage(47, LogLevel.Debug, "Proactive refresh failed ({Cause}). Serving request with the still-valid access token.", EventName = "RefreshAheadFailed")]
    public static partial void RefreshAheadFailed(this ILogger log, string cause);

    [LoggerMessage(48, LogLevel.Debug, "Failed to refresh ({Cause}). Deleting cookie.", EventName = "SessionEnded")]
    public static partial void SessionEnded(this ILogger log, string cause);

    [LoggerMessage(49, LogLevel.Warning, "Failed to refresh due to a transient error ({Cause}). Preserving the session cookie so it can be retried.", EventName = "RefreshUnavailable")]
    public static partial void RefreshUnavailable(this ILogger log, string cause);

    [LoggerMessage(50, LogLevel.Error, "The provider refuses this service ({Cause}): check the client id and the API key. No session was ended.", EventName = "ProviderRefusesUs")]
    public static partial void ProviderRefusesUs(this ILogger log, string cause);

    [LoggerMessage(51, LogLevel.Error, "A refresh brought an access token that does not verify ({Fault}): check the issuer and the client id", EventName = "RefreshedTokenRefused")]
    public static partial void RefreshedTokenRefused(this ILogger log, string fault);

    [LoggerMessage(52, LogLevel.Warning, "No keys to verify access tokens with", EventName = "KeysUnavailable")]
    public static partial void KeysUnavailable(this ILogger log);

    [LoggerMessage(53, LogLevel.Debug, "Unauthenticated user on protected route {Path}, redirecting to AuthKit", EventName = "SignInRequired")]
    public static partial void SignInRequired(this ILogger log, string path);

    [LoggerMessage(54, LogLevel.Warning, "A claim is too large for header {Header} and was left out", EventName = "ClaimLeftOut")]
    public static partial void ClaimLeftOut(this ILogger log, string header);

    [LoggerMessage(55, LogLevel.Warning, "Sign-in failed at the callback ({Cause}), request {RequestId}", EventName = "CallbackFailed")]
    public static partial void CallbackFailed(this ILogger log, string cause, string requestId);

    [LoggerMessage(60, LogLevel.Debug, "Signed out: {SessionId}", EventName = "SignedOut")]
    public static partial void SignedOut(this ILogger log, string? sessionId);

    [LoggerMessage(61, LogLevel.Debug, "The session can not change to another organisation ({Cause}). It stays as it is.", EventName = "OrganizationRefused")]
    public static partial void OrganizationRefused(this ILogger log, string cause);

    [LoggerMessage(62, LogLevel.Information, "The provider ended {Sessions}", EventName = "SignedOutByProvider")]
    public static partial void SignedOutByProvider(this ILogger log, string sessions);

    [LoggerMessage(63, LogLevel.Warning, "A back-channel logout came without its body: have Envoy send it, by with_request_body in the ext_authz settings of the route", EventName = "LogoutBodyMissing")]
    public static partial void LogoutBodyMissing(this ILogger log);

    [LoggerMessage(64, LogLevel.Warning, "A back-channel logout was refused ({Fault}), request {RequestId}", EventName = "LogoutRefused")]
    public static partial void LogoutRefused(this ILogger log, LogoutFault fault, string requestId);

    [LoggerMessage(65, LogLevel.Warning, "The provider did not revoke the refresh token of a signed-out session ({Cause})", EventName = "RefreshTokenNotRevoked")]
    public static partial void RefreshTokenNotRevoked(this ILogger log, string cause);

    [LoggerMessage(66, LogLevel.Warning, "The end of sessions could not be left in Redis within a minute: other replicas may accept their tokens", EventName = "RevocationNotShared")]
    public static partial void RevocationNotShared(this ILogger log);

    [LoggerMessage(67, LogLevel.Warning, "An event of the provider was refused ({Fault})", EventName = "ProviderEventRefused")]
    public static partial void ProviderEventRefused(this ILogger log, ProviderEventFault fault);

    [LoggerMessage(70, LogLevel.Warning, "A session is too large for its cookies: without {LeftOut} it takes {Length} bytes", EventName = "SessionTrimmed")]
    public static partial void SessionTrimmed(this ILogger log, UserPart leftOut, int length);

    [LoggerMessage(71, LogLevel.Error, "A session is too large for any cookies ({Length} bytes) and was not given to the browser, request {RequestId}", EventName = "SessionTooLarge")]
    public static partial void SessionTooLarge(this ILogger log, int length, string requestId);

    // Redis. Messages are the client's and the server's: they name endpoints and commands, never values.
    [LoggerMessage(80, LogLevel.Information, "Redis is connected", EventName = "RedisConnected")]
    public static partial void RedisConnected(this ILogger log);

    [LoggerMessage(81, LogLevel.Warning, "Redis can not be reached: {Fault}", EventName = "RedisDown")]
    public static partial void RedisDown(this ILogger log, string fault);

    [LoggerMessage(82, LogLevel.Warning, "Redis fails three calls in a row, the last one with: {Fault}", EventName = "RedisFails")]
    public static partial void RedisFails(this ILogger log, string fault);

    [LoggerMessage(83, LogLevel.Warning, "A {Type} record in Redis does not open and counts as none", EventName = "RecordUnreadable")]
    public static partial void RecordUnreadable(this ILogger log, RecordType type);

    // The key set.
    [LoggerMessage(200, LogLevel.Information, "Signing keys changed: {Count} keys, generation {Generation}", EventName = "KeysChanged")]
    public static partial void KeysChanged(this ILogger log, int count, int generation);

    [LoggerMessage(201, LogLevel.Warning, "Signing keys replaced by a set that shares no key id with the last one", EventName = "KeysReplaced")]
    public static partial void KeysReplaced(this ILogger log);

    [LoggerMessage(202, LogLevel.Warning, "Signing keys could not be fetched ({Fault}); attempt {Failures}, next in {Delay}", EventName = "KeysNotFetched")]
    public static partial void KeysNotFetched(this ILogger log, JwksFault fault, int failures, TimeSpan delay);

    [LoggerMessage(203, LogLevel.Critical, "The key set endpoint publishes a private key; its set is refused", EventName = "PrivateKeyPublished")]
    public static partial void PrivateKeyPublished(this ILogger log);

    [LoggerMessage(204, LogLevel.Error, "Signing keys are too old to be used and no newer ones can be fetched", EventName = "KeysExpired")]
    public static partial void KeysExpired(this ILogger log);

    [LoggerMessage(205, LogLevel.Information, "Discovered provider {Issuer}, keys at {KeySet}", EventName = "ProviderDiscovered")]
    public static partial void ProviderDiscovered(this ILogger log, string issuer, Uri keySet);

    [LoggerMessage(206, LogLevel.Warning, "Provider {Issuer} not discovered ({Fault})", EventName = "ProviderNotDiscovered")]
    public static partial void ProviderNotDiscovered(this ILogger log, string issuer, DiscoveryFault fault);
}
