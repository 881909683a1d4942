using System.Net;
using System.Text;
using ExtAuthz.Domain;
using ExtAuthz.Server.WorkOS;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Server.Tests.WorkOS;

/// <summary>WorkOS as one scripted answer, and what was asked of it.</summary>
internal sealed class ScriptedProvider : HttpMessageHandler, IRandomSource
{
    public const string Session = """
        {"user":{"object":"user","id":"user_1","email":"ada@example.com","email_verified":true,"first_name":"Ada"},"organization_id":"org_1",
         "access_token":"at_new","refresh_token":"rt_new","authentication_method":"Password","impersonator":{"email":"op@example.com","reason":null}}
        """;

    private static readonly WorkOSSettings Settings =
        new("https://api.workos.com", "client_1", new ApiKey("sk_test_key"), "https://app.example.com/callback", ["https://api.workos.com"]);

    private readonly Func<CancellationToken, Task<HttpResponseMessage>> _answer;

    public ScriptedProvider(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answer = answer;
        Provider = new WorkOSIdentityProvider(new AuthenticateEndpoint(WorkOSHttp.CreateClient(this, Settings), Settings, this, Clock), Settings);
    }

    public ScriptedProvider(int status, string body, string contentType = "application/json", string? retryAfter = null)
        : this(_ => Task.FromResult(Answer(status, new StringContent(body, Encoding.UTF8, contentType), retryAfter)))
    {
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public WorkOSIdentityProvider Provider { get; }

    /// <summary>The request as text: start line, headers in order of name, body.</summary>
    public string Request { get; private set; } = "";

    public int Calls { get; private set; }

    public static HttpResponseMessage Answer(int status, HttpContent content, string? retryAfter = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = content };
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }

    public void Fill(Span<byte> destination) => destination.Fill(0xAB);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls++;
        var body = await request.Content.ShouldNotBeNull().ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content.Headers)
            .Select(header => $"{header.Key.ToLowerInvariant()}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
        Request = string.Join('\n', [$"{request.Method} {request.RequestUri}", .. headers, "", body]);
        return await _answer(cancellationToken);
    }
}
