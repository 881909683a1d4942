using ExtAuthz.Domain;
using ExtAuthz.Domain.Steps;
using ExtAuthz.Server.Sites;
using ExtAuthz.Server.Telemetry;
using ExtAuthz.Server.Transport;

namespace ExtAuthz.Server;

/// <summary>Envoy's authorization service: asks the pipeline of the request's site and tells logs and metrics what it said.</summary>
internal sealed class AuthorizationService(SiteDirectory sites, CheckReport report, TimeProvider clock) : ICheckHandler
{
    public async ValueTask<CheckDecision> CheckAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            var decision = sites.Find(request.Host) is { } pipeline ? await pipeline.CheckAsync(request, cancellationToken) : ResponseHandling.RefuseHost(request);
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
