using ExtAuthz.Domain;
using ExtAuthz.Domain.Steps;
using ExtAuthz.Server.Telemetry;
using ExtAuthz.Server.Transport;

namespace ExtAuthz.Server;

/// <summary>Envoy's authorization service: asks the pipeline and tells logs and metrics what it said.</summary>
internal sealed class AuthorizationService(CheckPipeline pipeline, CheckReport report, TimeProvider clock) : ICheckHandler
{
    public async ValueTask<CheckDecision> CheckAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            var decision = await pipeline.CheckAsync(request, cancellationToken);
            report.Tell(request, decision, clock.GetElapsedTime(started));
            return decision;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            report.TellFault(clock.GetElapsedTime(started));
            throw; // whoever called denies and logs it
        }
    }
}
