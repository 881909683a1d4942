namespace ExtAuthz.Server.Transport.Health;

/// <summary>
/// On SIGTERM: say NOT_SERVING, serve on until Envoy has noticed, and only then let Kestrel send GOAWAY and finish (envoy.md 3.6).
/// </summary>
internal sealed class GracefulShutdown(HealthStatus health, TransportSettings settings, TimeProvider time) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        health.Drain();
        try
        {
            await Task.Delay(settings.ShutdownDelay, time, cancellationToken);
        }
        finally
        {
            health.Stop();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
