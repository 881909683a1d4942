using ExtAuthz.Server.Sites;
using ExtAuthz.Server.Tokens;
using ExtAuthz.Server.Transport.Health;

namespace ExtAuthz.Server;

/// <summary>
/// Fetches the keys before the first request and says SERVING once there are some. An unreachable provider does not stop the service, and one
/// of several does not hold the other sites back for long.
/// </summary>
internal sealed class Readiness(SiteDirectory sites, HealthStatus health, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWaitForAll = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = clock.GetTimestamp();
        var keys = sites.Sites.Select(site => site.GetRequiredService<JwksCache>()).ToList();
        await Task.WhenAny(Task.WhenAll(keys.Select(cache => cache.WarmAsync(stoppingToken))), Task.Delay(LongestWaitForAll, clock, stoppingToken));
        while (!keys.TrueForAll(HasKeys) && !(keys.Exists(HasKeys) && clock.GetElapsedTime(started) >= LongestWaitForAll))
        {
            await Task.Delay(Pause, clock, stoppingToken);
        }

        health.SetReady(true);
    }

    private static bool HasKeys(JwksCache cache) => cache.Keys is not null;
}
