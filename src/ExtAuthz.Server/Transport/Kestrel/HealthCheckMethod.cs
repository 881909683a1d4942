using ExtAuthz.Server.Transport.Health;
using Google.Protobuf;
using Grpc.Health.V1;

namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary><c>grpc.health.v1.Health/Check</c>.</summary>
internal sealed class HealthCheckMethod(HealthService health) : IGrpcMethod
{
    public string Path => "/grpc.health.v1.Health/Check";

    public ValueTask<GrpcStatus> InvokeAsync(GrpcCall call)
    {
        var request = HealthCheckRequest.Parser.ParseFrom(call.Message);
        if (health.Check(request) is not { } response)
        {
            return new(GrpcStatus.UnknownService(request.Service));
        }

        call.Write(response.ToByteArray());
        return new(GrpcStatus.Ok);
    }
}
