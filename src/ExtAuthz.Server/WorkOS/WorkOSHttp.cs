using System.Net.Http.Headers;

namespace ExtAuthz.Server.WorkOS;

/// <summary>How we speak HTTP with the provider: it is trusted for identity, not for the size, shape or speed of its answers.</summary>
internal static class WorkOSHttp
{
    /// <summary>The longest a call may take from its first byte to the last of its answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(26);

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);
    private const int LargestAnswer = 1024 * 1024;

    /// <summary>Connections that follow no redirect, keep no cookie, unpack nothing, and notice when DNS moves.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ActivityHeadersPropagator = null,
    };

    /// <summary>A client for the API with our key; <see cref="AuthenticateEndpoint"/> keeps the time.</summary>
    public static HttpClient CreateClient(HttpMessageHandler handler, WorkOSSettings settings)
    {
        var client = new HttpClient(handler) { MaxResponseContentBufferSize = LargestAnswer, Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey.Value);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("extauthz", typeof(WorkOSHttp).Assembly.GetName().Version?.ToString(3)));
        return client;
    }

    /// <summary>Says whether a text is an error code and not a sentence; what a provider writes otherwise stays out of logs.</summary>
    public static bool IsErrorCode(string? text) => text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_');

    /// <summary>Seconds or a date (RFC 9110 section 10.2.3), at most a minute.</summary>
    public static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => Limit(seconds),
        { Date: { } date } => Limit(date - now),
        _ => null,
    };

    private static TimeSpan Limit(TimeSpan wait) => TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestRetryAfter.Ticks));
}
