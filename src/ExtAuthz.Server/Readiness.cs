using ExtAuthz.Server.Tokens;
using ExtAuthz.Server.Transport.Health;

namespace ExtAuthz.Server;

/// <summary>Fetches the keys before the first request and says SERVING once there are some. An unreachable provider does not stop the service.</summary>
internal sealed class Readiness(JwksCache keys, HealthStatus health, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await keys.WarmAsync(stoppingToken);
        while (keys.Keys is null)
        {
            await Task.Delay(Pause, clock, stoppingToken);
        }

        health.SetReady(true);
    }
}
