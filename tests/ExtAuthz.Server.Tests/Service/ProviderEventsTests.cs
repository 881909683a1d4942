using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Service;

/// <summary>WorkOS' events, on a port of their own.</summary>
public sealed class ProviderEventsTests : IDisposable
{
    private const string Secret = "whsec_test_4f0d7c1b9a2e";
    private const string SessionRevoked = """{"id":"event_1","event":"session.revoked","data":{"object":"session","id":"session_1","user_id":"user_1"},"created_at":"2026-01-01T00:00:00.000Z"}""";
    private const string UserDeleted = """{"id":"event_2","event":"user.deleted","data":{"object":"user","id":"user_1"}}""";

    private readonly HttpClient _client = new();

    [Theory]
    [InlineData(SessionRevoked)]
    [InlineData(UserDeleted)]
    public async Task What_ended_there_ends_here(string body)
    {
        var (world, port) = await StartAsync();
        await using var _ = world;
        var cookie = world.Cookie(new AccessTokenSpec());
        var other = world.Cookie(new AccessTokenSpec { Subject = "user_2", SessionId = "session_2" });
        (await IsAllowedAsync(world, cookie)).ShouldBeTrue();

        (await SendAsync(port, body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(port, body)).StatusCode.ShouldBe(HttpStatusCode.OK, "it may come twice");

        (await IsAllowedAsync(world, cookie)).ShouldBeFalse();
        (await IsAllowedAsync(world, other)).ShouldBeTrue();
    }

    [Fact]
    public async Task All_sites_are_told()
    {
        var (world, port) = await StartAsync(
            new("WORKOS_REDIRECT_URI", ""),
            new("ExtAuthz:Sites:app:RedirectUri", "https://app.example.com/callback"),
            new("ExtAuthz:Sites:admin:RedirectUri", "https://admin.example.com/callback"),
            new("ExtAuthz:Sites:admin:CookieName", "admin-session"));
        await using var _ = world;
        var cookie = world.Cookie(new AccessTokenSpec());
        (await IsAllowedAsync(world, cookie)).ShouldBeTrue();
        (await IsAllowedAsync(world, $"admin-{cookie["wos-".Length..]}", "admin.example.com")).ShouldBeTrue();

        await SendAsync(port, SessionRevoked);

        (await IsAllowedAsync(world, cookie)).ShouldBeFalse();
        (await IsAllowedAsync(world, $"admin-{cookie["wos-".Length..]}", "admin.example.com")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"id":"event_3","event":"user.updated","data":{"id":"user_1"}}""", HttpStatusCode.OK)]
    [InlineData("""{"id":"event_3","event":"session.created"}""", HttpStatusCode.OK)]
    [InlineData("""{"id":"event_3","event":"session.revoked"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"id":"event_3","event":"session.revoked","data":{"id":""}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"id":"event_3","event":"session.revoked","data":{"id":1}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"id":"event_3","event":"user.deleted","data":["user_1"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"event":"session.revoked","event":"user.updated","data":{"id":"session_1"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"data":{"id":"session_1"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""["session.revoked"]""", HttpStatusCode.BadRequest)]
    [InlineData("not JSON", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task Anything_else_ends_nothing(string body, HttpStatusCode status)
    {
        var (world, port) = await StartAsync();
        await using var _ = world;

        (await SendAsync(port, body)).StatusCode.ShouldBe(status);

        (await IsAllowedAsync(world, world.Cookie(new AccessTokenSpec()))).ShouldBeTrue();
    }

    [Fact]
    public async Task Only_WorkOS_is_believed_and_only_for_a_while()
    {
        var (world, port) = await StartAsync();
        await using var _ = world;
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var good = Sign(now, SessionRevoked);

        foreach (var header in new[]
        {
            null, "", "v1=", "t=1, v1=", $"t={now}", $"t={now}, v1={new string('0', 64)}", $"t={now + 1}, v1={good}", $"t={now}, v1={good[..63]}", $"t={now}, v1={good}0", $"t={now}, v1={good}, v1={good}",
            $"v1={good}, t={now}", $"t=-{now}, v1={good}", $"t={now - 181_000}, v1={Sign(now - 181_000, SessionRevoked)}", $"t={now + 600_000}, v1={Sign(now + 600_000, SessionRevoked)}",
            $"t={now}, v1={Sign(now, UserDeleted)}", $"t={now}, v1={Sign(now, SessionRevoked, "another secret")}",
        })
        {
            (await SendAsync(port, SessionRevoked, header)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, header);
        }

        (await IsAllowedAsync(world, world.Cookie(new AccessTokenSpec()))).ShouldBeTrue();
        world.Service.Logs.Lines.ShouldContain(line => line.Contains("An event of the provider was refused (Signature)"));
        world.Service.Logs.Lines.ShouldAllBe(line => !line.Contains(Secret) && !line.Contains(good));
        (await SendAsync(port, SessionRevoked, $"t={now},v1={good}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_long_body_is_refused_unread(bool hasLength)
    {
        var (world, port) = await StartAsync();
        await using var _ = world;
        var body = SessionRevoked + new string(' ', 64 * 1024);
        using var request = Request(port, body, Signed(body));
        request.Headers.TransferEncodingChunked = !hasLength;

        (await _client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task The_port_has_this_one_path_and_the_gRPC_port_has_not()
    {
        var (world, port) = await StartAsync();
        await using var _ = world;

        (await _client.GetAsync(new Uri($"http://127.0.0.1:{port}/events/workos"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await _client.GetAsync(new Uri($"http://127.0.0.1:{port}/"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var grpc = Request(world.Service.Address.Port, SessionRevoked, Signed(SessionRevoked));
        (grpc.Version, grpc.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        (await _client.SendAsync(grpc, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await IsAllowedAsync(world, world.Cookie(new AccessTokenSpec()))).ShouldBeTrue();
    }

    public void Dispose() => _client.Dispose();

    private static async Task<(SignedInWorld World, int Port)> StartAsync(params KeyValuePair<string, string?>[] settings)
    {
        var port = FreePort();
        return (await SignedInWorld.StartAsync(settings: [new("ExtAuthz:Operations:Port", $"{port}"), new("ExtAuthz:Operations:EventsSecret", Secret), .. settings]), port);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> IsAllowedAsync(SignedInWorld world, string cookie, string host = "app.example.com")
    {
        var request = CheckRequests.Get("/protected", cookie);
        request.Attributes.Request.Http.Host = host;
        return (await world.Service.CheckAsync(request)).IsAllowed();
    }

    private static string Signed(string body) => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() is var now ? $"t={now}, v1={Sign(now, body)}" : "";

    private static string Sign(long milliseconds, string body, string secret = Secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{milliseconds}.{body}")));

    private static HttpRequestMessage Request(int port, string body, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/events/workos") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("WorkOS-Signature", signature);
        }

        return request;
    }

    private Task<HttpResponseMessage> SendAsync(int port, string body) => SendAsync(port, body, Signed(body));

    private async Task<HttpResponseMessage> SendAsync(int port, string body, string? signature)
    {
        using var request = Request(port, body, signature);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
