using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Server;

/// <summary>Every log event. Ids and names are a contract: never reused, never renamed.</summary>
internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Warning, "Denied a CheckRequest that is not protobuf", EventName = "CheckRequestMalformed")]
    public static partial void CheckRequestMalformed(ILogger logger);

    [LoggerMessage(21, LogLevel.Warning, "Denied a CheckRequest without an HTTP request: is the filter in a TCP or UDP chain?", EventName = "CheckRequestNotHttp")]
    public static partial void CheckRequestNotHttp(ILogger logger);

    [LoggerMessage(22, LogLevel.Error, "A check failed and is denied", EventName = "CheckFailed")]
    public static partial void CheckFailed(ILogger logger, Exception exception);

    [LoggerMessage(23, LogLevel.Error, "A gRPC call failed", EventName = "GrpcCallFailed")]
    public static partial void GrpcCallFailed(ILogger logger, Exception exception);

    [LoggerMessage(300, LogLevel.Information, "Site {PublicOrigin}, callback {RedirectUri} (handled here: {HandlesCallback}), paths protected: {ProtectsRoutes}, answer without a session: {UnauthenticatedResponse}", EventName = "SiteConfigured")]
    public static partial void SiteConfigured(ILogger logger, string publicOrigin, string redirectUri, bool handlesCallback, bool protectsRoutes, UnauthenticatedResponse unauthenticatedResponse);

    [LoggerMessage(301, LogLevel.Information, "Cookie {Name}, domain {Domain}, max age {MaxAge}, SameSite {SameSite}, secure: {Secure}, password {SealingPassword} seals", EventName = "CookieConfigured")]
    public static partial void CookieConfigured(ILogger logger, string name, string domain, TimeSpan maxAge, SameSite sameSite, bool secure, string sealingPassword);

    [LoggerMessage(302, LogLevel.Information, "WorkOS at {BaseUrl} as {ClientId}, issuers {Issuers}", EventName = "ProviderConfigured")]
    public static partial void ProviderConfigured(ILogger logger, string baseUrl, string clientId, string issuers);

    [LoggerMessage(303, LogLevel.Information, "gRPC at {EndPoint}, transport {Transport}", EventName = "GrpcConfigured")]
    public static partial void GrpcConfigured(ILogger logger, string endPoint, string transport);

    [LoggerMessage(304, LogLevel.Warning, "{Setting} weakens security: {Consequence}", EventName = "UnsafeSetting")]
    public static partial void UnsafeSetting(ILogger logger, string setting, string consequence);
}
