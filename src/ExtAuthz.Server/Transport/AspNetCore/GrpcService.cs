using ExtAuthz.Server.Transport.Health;
using Grpc.Core;
using Grpc.Health.V1;

namespace ExtAuthz.Server.Transport.AspNetCore;

/// <summary>The three methods, over the same service as the default stack's.</summary>
internal sealed class GrpcService(CheckCall check, HealthService health, TimeProvider time)
{
    public async Task<byte[]> CheckAsync(CheckRequestReading reading, ServerCallContext context)
    {
        if (reading is CheckRequestReading.Http { Request: var request } && context.Deadline < DateTime.MaxValue)
        {
            var timeLeft = context.Deadline - time.GetUtcNow().UtcDateTime;
            reading = new CheckRequestReading.Http(request with { TimeLeft = timeLeft });
        }

        return await check.AnswerAsync(reading, context.CancellationToken);
    }

    public Task<HealthCheckResponse> HealthCheckAsync(HealthCheckRequest request, ServerCallContext context) =>
        health.Check(request) is { } response
            ? Task.FromResult(response)
            : throw new RpcException(new Status(StatusCode.NotFound, $"The service '{request.Service}' is unknown."));

    public async Task HealthWatchAsync(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responses, ServerCallContext context)
    {
        await foreach (var response in health.WatchAsync(request, context.CancellationToken))
        {
            await responses.WriteAsync(response);
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping."));
    }
}
