using System.Net.Http.Headers;
using System.Text.Json;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Sessions;
using static ExtAuthz.Server.WorkOS.AuthenticateOutcome;

namespace ExtAuthz.Server.WorkOS;

/// <summary>Calls <c>POST /user_management/authenticate</c>, once per call.</summary>
internal sealed class AuthenticateEndpoint(HttpClient client, WorkOSSettings settings, IRandomSource random, TimeProvider clock)
{
    private const string Json = "application/json";

    private readonly string _url = WorkOSUrls.Authenticate(settings.BaseUrl);

    /// <summary>Sends the request and reads the answer. Faults of the network are outcomes; only <paramref name="cancellationToken"/> throws.</summary>
    public async Task<AuthenticateOutcome> PostAsync(AuthenticateRequest body, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(WorkOSHttp.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = RequestOf(body);
            using var response = await client.SendAsync(request, either.Token);
            return Classify(response, await ReadAsync(response, either.Token));
        }
        catch (HttpRequestException fault)
        {
            return new Unavailable($"network: {fault.HttpRequestError}", null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Unavailable("timeout", null);
        }
    }

    private HttpRequestMessage RequestOf(AuthenticateRequest body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, WorkOSJson.Default.AuthenticateRequest));
        content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        return new HttpRequestMessage(HttpMethod.Post, _url) { Content = content, Headers = { { "Idempotency-Key", $"retry-{RandomUuid.New(random)}" } } };
    }

    /// <summary>The answer; null when it is not the JSON it should be.</summary>
    private static async Task<AuthenticateAnswer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!string.Equals(response.Content.Headers.ContentType?.MediaType, Json, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return await response.Content.ReadFromJsonAsync(WorkOSJson.Default.AuthenticateAnswer, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Every status that is treated specially.</summary>
    private AuthenticateOutcome Classify(HttpResponseMessage response, AuthenticateAnswer? answer) => ((int)response.StatusCode, answer) switch
    {
        (200, not null) when SessionOf(answer) is { } session => new Granted(session),
        (200, _) => new Unavailable("200 without a session", null),
        (401 or 403, _) => RefusedBy(response, answer),
        (not (408 or 429) and >= 400 and < 500, not null) => RefusedBy(response, answer),
        (var status, _) => new Unavailable($"status {status}", WorkOSHttp.RetryAfterOf(response, clock.GetUtcNow())),
    };

    private static Refused RefusedBy(HttpResponseMessage response, AuthenticateAnswer? answer) =>
        new((int)response.StatusCode, ErrorOf(answer)) { Redirect = RedirectOf(answer) };

    /// <summary>A browser is sent nowhere but to a plain https address.</summary>
    private static ProviderRedirect? RedirectOf(AuthenticateAnswer? answer) =>
        Uri.TryCreate(answer?.AuthkitRedirectUrl, UriKind.Absolute, out var url) && url is { Scheme: "https", UserInfo: "" } ? new ProviderRedirect(url.AbsoluteUri) : null;

    private static Session? SessionOf(AuthenticateAnswer answer) =>
        answer is { AccessToken.Length: > 0, RefreshToken.Length: > 0 } && AuthKitUser.FromWorkOS(answer.User) is { } user
            ? new Session(
                new AccessToken(answer.AccessToken),
                new RefreshToken(answer.RefreshToken),
                user,
                answer.Impersonator is { Email: { } email, Reason: var reason } ? new Impersonator(email, reason) : null,
                answer.AuthenticationMethod)
            : null;

    /// <summary>The first member that is a code and not a sentence; what the provider writes otherwise stays out of logs.</summary>
    private static string ErrorOf(AuthenticateAnswer? answer) => new[] { answer?.Error, answer?.Code }.FirstOrDefault(WorkOSHttp.IsErrorCode) ?? Refused.Unnamed;
}
