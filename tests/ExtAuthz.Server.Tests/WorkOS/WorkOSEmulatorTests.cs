using System.Net;
using System.Net.Sockets;
using ExtAuthz.EndToEnd.Scripts;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.WorkOS;

/// <summary>The service against WorkOS' own emulator of its API, and its sessions against WorkOS' own SDK. The script says which check failed.</summary>
public sealed class WorkOSEmulatorTests
{
    private const string ClientId = "client_emulate";
    private const string Password = "a-password-of-thirty-two-characters";
    private const string Origin = "http://localhost:3000"; // nobody listens there; the emulator redirects to this machine only

    [Fact]
    public async Task Every_check_with_the_emulator_and_the_SDK_holds()
    {
        var port = FreePort();
        await using var service = await RunningService.StartAsync(
        [
            new("WORKOS_API_KEY", "sk_test_default"),
            new("WORKOS_CLIENT_ID", ClientId),
            new("WORKOS_COOKIE_PASSWORD", Password),
            new("WORKOS_REDIRECT_URI", $"{Origin}/callback"),
            new("WORKOS_API_HOSTNAME", "localhost"),
            new("WORKOS_API_PORT", $"{port}"),
            new("WORKOS_API_HTTPS", "false"),
            new("ExtAuthz:RefreshBufferSeconds", "7200"), // longer than its tokens live: each is due at once
        ]);

        var result = await NodeScript.RunAsync("workos-emulator.test.mjs", service.Address.Authority, $"{port}", ClientId, Password, Origin);

        result.ExitCode.ShouldBe(0, result.Output);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
