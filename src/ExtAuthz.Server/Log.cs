using ExtAuthz.Server.Configuration;

namespace ExtAuthz.Server;

/// <summary>Every log event. Ids and names are a contract: never reused, never renamed.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Site {PublicOrigin}, callback {RedirectUri} ({Callback}), paths protected: {ProtectPaths}, answer without a session: {UnauthenticatedResponse}", EventName = "SiteConfigured")]
    public static partial void SiteConfigured(ILogger logger, string publicOrigin, string redirectUri, CallbackHandling callback, bool protectPaths, UnauthenticatedResponse unauthenticatedResponse);

    [LoggerMessage(2, LogLevel.Information, "Cookie {Name}, domain {Domain}, max age {MaxAge}, SameSite {SameSite}, secure: {Secure}, {Passwords} password(s), number {SealingPassword} seals", EventName = "CookieConfigured")]
    public static partial void CookieConfigured(ILogger logger, string name, string domain, TimeSpan maxAge, SameSite sameSite, bool secure, int passwords, int sealingPassword);

    [LoggerMessage(3, LogLevel.Information, "WorkOS at {BaseUrl} as {ClientId}, issuers {Issuers}", EventName = "ProviderConfigured")]
    public static partial void ProviderConfigured(ILogger logger, string baseUrl, string clientId, string issuers);

    [LoggerMessage(4, LogLevel.Information, "gRPC at {EndPoint}, transport {Transport}", EventName = "GrpcConfigured")]
    public static partial void GrpcConfigured(ILogger logger, string endPoint, string transport);

    [LoggerMessage(5, LogLevel.Warning, "{Setting} weakens security: {Consequence}", EventName = "UnsafeSetting")]
    public static partial void UnsafeSetting(ILogger logger, string setting, string consequence);

    [LoggerMessage(20, LogLevel.Warning, "Denied a CheckRequest that is not protobuf", EventName = "CheckRequestMalformed")]
    public static partial void CheckRequestMalformed(ILogger logger);

    [LoggerMessage(21, LogLevel.Warning, "Denied a CheckRequest without an HTTP request: is the filter in a TCP or UDP chain?", EventName = "CheckRequestNotHttp")]
    public static partial void CheckRequestNotHttp(ILogger logger);

    [LoggerMessage(22, LogLevel.Error, "A check failed and is denied", EventName = "CheckFailed")]
    public static partial void CheckFailed(ILogger logger, Exception exception);

    [LoggerMessage(23, LogLevel.Error, "A gRPC call failed", EventName = "GrpcCallFailed")]
    public static partial void GrpcCallFailed(ILogger logger, Exception exception);
}
