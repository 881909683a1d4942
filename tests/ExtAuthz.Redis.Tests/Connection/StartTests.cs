using System.Net;
using System.Net.Sockets;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Redis.Tests.Connection;

/// <summary>A replica that would serve before it is connected would refresh beside the others.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_service_listens_once_it_is_connected()
    {
        await using var server = await RedisServer.RunAsync();
        await using var service = await StartAsync(server, StoreServer.FreePort(), TimeProvider.System);

        service.Services.GetRequiredService<RedisConnection>().IsUp.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Or_after_two_seconds_without_Redis(bool hangs)
    {
        await using var server = await RedisServer.RunAsync();
        await (hangs ? server.PauseAsync() : server.KillAsync());
        var (port, clock) = (StoreServer.FreePort(), new FakeTimeProvider());
        var start = StartAsync(server, port, clock);

        (await IsListeningAsync(port)).ShouldBeFalse();
        start.IsCompleted.ShouldBeFalse();
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return start.IsCompleted;
        });

        await using var service = await start;
        (await IsListeningAsync(port)).ShouldBeTrue();
        service.Services.GetRequiredService<RedisConnection>().IsUp.ShouldBeFalse();
    }

    private static Task<RunningService> StartAsync(StoreServer server, int port, TimeProvider clock) => RunningService.StartAsync(
        [
            new("WORKOS_API_KEY", "sk_test_key"),
            new("WORKOS_CLIENT_ID", "client_1"),
            new("WORKOS_COOKIE_PASSWORD", "a-password-of-thirty-two-characters"),
            new("WORKOS_REDIRECT_URI", "https://app.example.com/callback"),
            new("WORKOS_API_HOSTNAME", "127.0.0.1"),
            new("WORKOS_API_PORT", $"{StoreServer.FreePort()}"), // nobody is there
            new("WORKOS_API_HTTPS", "false"),
            new("ExtAuthz:Grpc:Port", $"{port}"),
            new("ExtAuthz:Redis:Configuration", server.Configuration),
        ],
        shared => shared.AddSingleton(clock));

    private static async Task<bool> IsListeningAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
