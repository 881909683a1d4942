using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Grpc.Health.V1;

namespace ExtAuthz.Server.Transport.AspNetCore;

/// <summary>Binds the methods to their paths and to the bytes of their messages.</summary>
internal sealed class GrpcMethods(CheckCall check) : IServiceMethodProvider<GrpcService>
{
    private const string Authorization = "envoy.service.auth.v3.Authorization";
    private const string Health = "grpc.health.v1.Health";

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<GrpcService> context)
    {
        var reading = Marshallers.Create((_, _) => throw new NotSupportedException("A server reads requests."),
            payload => check.Read(payload.PayloadAsReadOnlySequence(), timeLeft: null));
        var answer = Marshallers.Create<byte[]>((bytes, payload) => payload.Complete(bytes), payload => payload.PayloadAsNewBuffer());
        var healthRequest = Marshallers.Create(message => message.ToByteArray(), HealthCheckRequest.Parser.ParseFrom);
        var healthResponse = Marshallers.Create(message => message.ToByteArray(), HealthCheckResponse.Parser.ParseFrom);

        context.AddUnaryMethod(new Method<CheckRequestReading, byte[]>(MethodType.Unary, Authorization, "Check", reading, answer),
            [], (service, request, call) => service.CheckAsync(request, call));
        context.AddUnaryMethod(new Method<HealthCheckRequest, HealthCheckResponse>(MethodType.Unary, Health, "Check", healthRequest, healthResponse),
            [], (service, request, call) => service.HealthCheckAsync(request, call));
        context.AddServerStreamingMethod(
            new Method<HealthCheckRequest, HealthCheckResponse>(MethodType.ServerStreaming, Health, "Watch", healthRequest, healthResponse),
            [], (service, request, responses, call) => service.HealthWatchAsync(request, responses, call));
    }
}
