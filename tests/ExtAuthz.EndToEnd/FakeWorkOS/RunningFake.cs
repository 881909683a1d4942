using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ExtAuthz.FakeWorkOS;
using ExtAuthz.FakeWorkOS.Bookkeeping;
using ExtAuthz.FakeWorkOS.FaultInjection;
using ExtAuthz.FakeWorkOS.Keys;
using ExtAuthz.FakeWorkOS.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.EndToEnd.FakeWorkOS;

/// <summary>The fake on a free port with a fake clock, and a client that follows no redirect.</summary>
internal sealed class RunningFake : IAsyncDisposable
{
    public const string Callback = "https://app.example.com/callback?from=workos";
    public const string AfterLogout = "https://app.example.com/bye";

    private static readonly RSAParameters SharedKey = NewKey();

    private readonly WebApplication _application;

    private RunningFake(WebApplication application, FakeTimeProvider clock)
    {
        _application = application;
        Clock = clock;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public FakeTimeProvider Clock { get; }

    public FakeWorkOSOptions Options => Service<FakeWorkOSOptions>();

    public Faults Faults => Service<Faults>();

    public Ledger Ledger => Service<Ledger>();

    public KeyRing Keys => Service<KeyRing>();

    public SessionStore Sessions => Service<SessionStore>();

    public static async Task<RunningFake> StartAsync(Action<FakeWorkOSOptions>? configure = null, Action<ILoggingBuilder>? logging = null)
    {
        var options = new FakeWorkOSOptions { Url = "http://127.0.0.1:0", RedirectUris = [Callback], LogoutUris = [AfterLogout], SigningKey = SharedKey };
        configure?.Invoke(options);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var created = FakeWorkOSApplication.Create(options, clock, logging);
        await created.StartAsync(TestContext.Current.CancellationToken);
        return new RunningFake(created, clock);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PostFormAsync(string path, IEnumerable<KeyValuePair<string, string>> form) =>
        Http.PostAsync(path, new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PostJsonAsync(string path, JsonObject body) =>
        Http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken, string? organizationId = null)
    {
        var body = new JsonObject
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = Options.ClientId,
            ["client_secret"] = Options.ApiKey,
            ["refresh_token"] = refreshToken,
        };
        if (organizationId is not null)
        {
            body["organization_id"] = organizationId;
        }

        return PostJsonAsync("/user_management/authenticate", body);
    }

    public Task<HttpResponseMessage> ExchangeCodeAsync(string code, string verifier) => PostJsonAsync("/user_management/authenticate", new JsonObject
    {
        ["grant_type"] = "authorization_code",
        ["client_id"] = Options.ClientId,
        ["client_secret"] = Options.ApiKey,
        ["code"] = code,
        ["code_verifier"] = verifier,
    });

    public async Task<JsonObject> JwksAsync() => await (await GetAsync($"/sso/jwks/{Options.ClientId}")).JsonAsync(HttpStatusCode.OK);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
    }

    private static RSAParameters NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportParameters(includePrivateParameters: true);
    }

    private T Service<T>() where T : notnull => _application.Services.GetRequiredService<T>();
}
