using System.Text.Json;
using ExtAuthz.Server.WorkOS;
using static ExtAuthz.Server.OpenIdConnect.TokenOutcome;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Calls the token endpoint (RFC 6749 section 3.2), once per call.</summary>
internal sealed class TokenEndpoint(HttpClient client, Discovery discovery, ClientCredentials credentials, TimeProvider clock)
{
    /// <summary>Sends the parameters and reads the answer. Faults of the network are outcomes; only <paramref name="cancellationToken"/> throws.</summary>
    public async Task<TokenOutcome> PostAsync(IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        if (discovery.Known is not { } metadata)
        {
            return new Unavailable("provider not discovered", null) { MayHaveArrived = false };
        }

        using var deadline = new CancellationTokenSource(OpenIdConnectHttp.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = credentials.Request(metadata.TokenEndpoint, parameters);
            using var response = await client.SendAsync(request, either.Token);
            return Classify(response, await ReadAsync(response, either.Token));
        }
        catch (HttpRequestException fault)
        {
            return new Unavailable($"network: {fault.HttpRequestError}", null) { MayHaveArrived = !IsBeforeSending(fault.HttpRequestError) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Unavailable("timeout", null);
        }
    }

    private static bool IsBeforeSending(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    /// <summary>The answer; null when it is not the JSON it should be.</summary>
    private static async Task<TokenAnswer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!string.Equals(response.Content.Headers.ContentType?.MediaType, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return await response.Content.ReadFromJsonAsync(OpenIdConnectJson.Default.TokenAnswer, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Every status that is treated specially.</summary>
    private TokenOutcome Classify(HttpResponseMessage response, TokenAnswer? answer) => ((int)response.StatusCode, answer) switch
    {
        (200, { AccessToken.Length: > 0 }) when string.Equals(answer.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase) => new Granted(answer),
        (200, _) => new Unavailable("200 without tokens", null),
        (401 or 403, _) => new Refused((int)response.StatusCode, ErrorOf(answer)),
        (not (408 or 429) and >= 400 and < 500, not null) => new Refused((int)response.StatusCode, ErrorOf(answer)),
        (var status, _) => new Unavailable($"status {status}", WorkOSHttp.RetryAfterOf(response, clock.GetUtcNow())),
    };

    private static string ErrorOf(TokenAnswer? answer) => WorkOSHttp.IsErrorCode(answer?.Error) ? answer!.Error! : Refused.Unnamed; // a code is not null
}
