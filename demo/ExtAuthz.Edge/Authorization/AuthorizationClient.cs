using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Envoy.Service.Auth.V3;

namespace ExtAuthz.Edge.Authorization;

/// <summary>Envoy's gRPC client for one unary method: HTTP/2 with prior knowledge and exactly the headers of <c>envoy_grpc</c>.</summary>
internal sealed class AuthorizationClient(EdgeOptions options, TimeProvider time) : IDisposable
{
    private const int MaxReceiveMessageLength = 1024 * 1024;

    private readonly Uri _method = new(options.AuthorizationAddress, "/envoy.service.auth.v3.Authorization/Check");

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = true,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxReceiveMessageLength,
    };

    /// <summary>Asks within <see cref="EdgeOptions.CheckTimeout"/>; after it the stream is reset. A network fault is an outcome too.</summary>
    /// <exception cref="OperationCanceledException">The downstream client went away.</exception>
    public async Task<CheckOutcome> CheckAsync(CheckRequest check, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.CheckTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = CreateRequest(check);
            using var response = await _client.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            var status = GrpcStatus(response.TrailingHeaders) ?? (body.Length == 0 ? GrpcStatus(response.Headers) : null);
            return new GrpcAnswer((int)response.StatusCode, status, body).ToOutcome();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CheckOutcome.Failed("timeout");
        }
        catch (HttpRequestException failure)
        {
            return new CheckOutcome.Failed($"{failure.HttpRequestError}");
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage CreateRequest(CheckRequest check)
    {
        var milliseconds = options.CheckTimeout.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, _method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new GrpcContent(check),
        };
        request.Headers.Host = options.Authority;
        request.Headers.Add("te", "trailers");
        request.Headers.Add("grpc-timeout", milliseconds + "m");
        request.Headers.Add("x-envoy-internal", "true");
        request.Headers.Add("x-forwarded-for", IPAddress.Loopback.ToString());
        request.Headers.Add("x-envoy-expected-rq-timeout-ms", milliseconds);
        return request;
    }

    private static string? GrpcStatus(HttpHeaders headers) =>
        headers.NonValidated.TryGetValues("grpc-status", out var values) ? values.ToString() : null;
}
