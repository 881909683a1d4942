using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Envoy.Service.Auth.V3;
using Google.Protobuf;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>HTTP/2 with nothing of gRPC done for the test.</summary>
internal sealed class RawGrpcClient(Uri address, X509Certificate? trusted) : IDisposable
{
    public const string CheckPath = "/envoy.service.auth.v3.Authorization/Check";
    public const string HealthCheckPath = "/grpc.health.v1.Health/Check";
    public const string HealthWatchPath = "/grpc.health.v1.Health/Watch";

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Equals(trusted) is true },
    });

    public static byte[] CheckMessage(string path) =>
        new CheckRequest { Attributes = new() { Request = new() { Http = new() { Method = "GET", Path = path, Host = "app.example" } } } }.ToByteArray();

    /// <summary>The length-prefixed form of a message.</summary>
    public static byte[] Frame(byte[] message, byte flag = 0, uint? length = null)
    {
        var size = length ?? (uint)message.Length;
        return [flag, (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size, .. message];
    }

    public static HttpRequestMessage Request(string path, HttpContent content, params (string Name, string Value)[] headers)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content, Headers = { TE = { new("trailers") } } };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return request;
    }

    public Task<RawGrpcResponse> CallAsync(string path, byte[] body, params (string Name, string Value)[] headers) =>
        SendAsync(Request(path, new ByteArrayContent(body), headers));

    public async Task<RawGrpcResponse> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await _client.SendAsync(OverHttp2(request), TestContext.Current.CancellationToken))
        {
            var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            return new RawGrpcResponse(response.StatusCode, Flatten([.. response.Headers, .. response.Content.Headers]), Flatten(response.TrailingHeaders), body);
        }
    }

    /// <summary>Starts a call and gives its response as soon as its headers are there.</summary>
    public Task<HttpResponseMessage> StartAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client.SendAsync(OverHttp2(request), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage OverHttp2(HttpRequestMessage request)
    {
        // As it is: Uri would decode percents and drop dots.
        request.RequestUri = new Uri(address.GetLeftPart(UriPartial.Authority) + request.RequestUri, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return request;
    }

    private static Dictionary<string, string> Flatten(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers) =>
        headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
}
