using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>Clients that nobody here wrote: gRPC for Node with Envoy's own protos, and gRPC's C core. Each runs its checks and says which failed.</summary>
public sealed class InteroperabilityTests
{
    [Fact]
    public async Task Every_check_of_grpc_js_holds()
    {
        await using var server = await TransportServer.StartAsync();
        server.Health.SetReady(true);

        var result = await NodeScript.RunAsync("grpc-js.test.mjs", server.Address);

        result.ExitCode.ShouldBe(0, result.Output);
        await server.Handler.SlowCancelled;
    }

    [Fact]
    public async Task Every_check_of_grpcio_holds()
    {
        await using var server = await TransportServer.StartAsync();
        server.Health.SetReady(true);
        var messages = new[] { "/allow", "/deny", "/slow" }.Select(path => Convert.ToHexString(RawGrpcClient.CheckMessage(path)));

        var result = await PythonScript.RunAsync("grpcio_test.py", [server.Address, .. messages]);

        result.ExitCode.ShouldBe(0, result.Output);
        await server.Handler.SlowCancelled;
    }
}
