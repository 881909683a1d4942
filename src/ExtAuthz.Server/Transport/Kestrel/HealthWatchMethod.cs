using ExtAuthz.Server.Transport.Health;
using Google.Protobuf;
using Grpc.Health.V1;

namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary><c>grpc.health.v1.Health/Watch</c>, a stream that ends when the server does.</summary>
internal sealed class HealthWatchMethod(HealthService health) : IGrpcMethod
{
    public string Path => "/grpc.health.v1.Health/Watch";

    public async ValueTask<GrpcStatus> InvokeAsync(GrpcCall call)
    {
        var request = HealthCheckRequest.Parser.ParseFrom(call.Message);
        await foreach (var response in health.WatchAsync(request, call.Cancellation))
        {
            call.Write(response.ToByteArray());
            await call.Response.BodyWriter.FlushAsync(CancellationToken.None); // so that the response has started
        }

        return GrpcStatus.Stopping;
    }
}
