using Google.Protobuf;
using Grpc.Health.V1;
using Microsoft.Extensions.Time.Testing;
using static ExtAuthz.Server.Tests.Transport.RawGrpcClient;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>grpc.health.v1 on the same port, and what SIGTERM does to it.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData("")]
    [InlineData("envoy.service.auth.v3.Authorization")]
    public async Task Both_names_follow_readiness(string service)
    {
        await using var server = await TransportServer.StartAsync();

        (await CheckAsync(server, service)).ShouldBe(ServingStatus.NotServing);
        server.Health.SetReady(true);
        (await CheckAsync(server, service)).ShouldBe(ServingStatus.Serving);
        server.Health.SetReady(false);
        (await CheckAsync(server, service)).ShouldBe(ServingStatus.NotServing);
    }

    [Fact]
    public async Task Another_name_is_not_found_and_a_bad_message_is_an_error_without_details()
    {
        await using var server = await TransportServer.StartAsync();

        (await server.Client.CallAsync(HealthCheckPath, Frame(Request("other")))).GrpcStatus.ShouldBe("5");
        var malformed = await server.Client.CallAsync(HealthCheckPath, Frame([0x0A, 9]));
        malformed.GrpcStatus.ShouldBe("13");
        malformed.GrpcMessage.ShouldBe("The message is malformed.");
    }

    [Fact]
    public async Task A_watch_tells_each_change_and_ends_with_the_server()
    {
        await using var server = await TransportServer.StartAsync();
        await using var watch = await HealthWatch.StartAsync(server, "");

        (await watch.NextAsync()).ShouldBe(ServingStatus.NotServing);
        server.Health.SetReady(true);
        (await watch.NextAsync()).ShouldBe(ServingStatus.Serving);
        server.Health.Drain();
        (await watch.NextAsync()).ShouldBe(ServingStatus.NotServing);
        server.Health.Stop();
        (await watch.NextAsync()).ShouldBeNull();
        watch.GrpcStatus.ShouldBe("14");
    }

    [Fact]
    public async Task A_watch_of_another_name_waits_for_it()
    {
        await using var server = await TransportServer.StartAsync();
        await using var watch = await HealthWatch.StartAsync(server, "other");

        (await watch.NextAsync()).ShouldBe(ServingStatus.ServiceUnknown);
        server.Health.Stop();
        (await watch.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task After_SIGTERM_it_says_not_serving_and_serves_on_for_the_delay()
    {
        var time = new FakeTimeProvider();
        await using var server = await TransportServer.StartAsync(time);
        server.Health.SetReady(true);
        await using var watch = await HealthWatch.StartAsync(server, "");
        (await watch.NextAsync()).ShouldBe(ServingStatus.Serving);

        var stopped = server.StopAsync();

        (await watch.NextAsync()).ShouldBe(ServingStatus.NotServing);
        (await server.Client.CallAsync(CheckPath, Frame(CheckMessage("/allow")))).GrpcStatus.ShouldBe("0");
        stopped.IsCompleted.ShouldBeFalse();
        await TransportServer.PassDelayAsync(time, stopped);
        (await watch.NextAsync()).ShouldBeNull();
    }

    private static byte[] Request(string service) => new HealthCheckRequest { Service = service }.ToByteArray();

    private static async Task<ServingStatus> CheckAsync(TransportServer server, string service) =>
        HealthCheckResponse.Parser.ParseFrom((await server.Client.CallAsync(HealthCheckPath, Frame(Request(service)))).Message).Status;

    private sealed class HealthWatch(HttpRequestMessage request, HttpResponseMessage response, Stream stream) : IAsyncDisposable
    {
        public string GrpcStatus => response.TrailingHeaders.GetValues("grpc-status").Single();

        public static async Task<HealthWatch> StartAsync(TransportServer server, string service)
        {
            var request = RawGrpcClient.Request(HealthWatchPath, new ByteArrayContent(Frame(Request(service))));
            var response = await server.Client.StartAsync(request, TestContext.Current.CancellationToken);
            return new HealthWatch(request, response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        }

        /// <summary>The next status; null at the end of the stream.</summary>
        public async Task<ServingStatus?> NextAsync()
        {
            var prefix = new byte[5];
            if (await stream.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken) == 0)
            {
                return null;
            }

            var message = new byte[prefix[4]];
            await stream.ReadExactlyAsync(message, TestContext.Current.CancellationToken);
            return HealthCheckResponse.Parser.ParseFrom(message).Status;
        }

        public async ValueTask DisposeAsync()
        {
            await stream.DisposeAsync();
            response.Dispose();
            request.Dispose();
        }
    }
}
