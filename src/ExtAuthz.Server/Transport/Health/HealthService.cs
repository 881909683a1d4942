using System.Runtime.CompilerServices;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace ExtAuthz.Server.Transport.Health;

/// <summary>grpc.health.v1, the same for every gRPC stack: the whole server (<c>""</c>) and the authorization service have one health.</summary>
internal sealed class HealthService(HealthStatus status)
{
    /// <summary>The health of a service now; null when its name is unknown, which is NOT_FOUND.</summary>
    public HealthCheckResponse? Check(HealthCheckRequest request) =>
        IsKnown(request.Service) ? Response(status.Current) : null;

    /// <summary>The health of a service now and after each change, until the server stops.</summary>
    public async IAsyncEnumerable<HealthCheckResponse> WatchAsync(
        HealthCheckRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ServingStatus? last = null;
        for (var now = status.Current; !now.IsStopped; now = status.Current)
        {
            var response = IsKnown(request.Service) ? Response(now) : new HealthCheckResponse { Status = ServingStatus.ServiceUnknown };
            if (response.Status != last)
            {
                last = response.Status;
                yield return response;
            }

            await now.Changed.WaitAsync(cancellationToken);
        }
    }

    private static bool IsKnown(string service) => service is "" or "envoy.service.auth.v3.Authorization";

    private static HealthCheckResponse Response(HealthSnapshot snapshot) =>
        new() { Status = snapshot.IsServing ? ServingStatus.Serving : ServingStatus.NotServing };
}
