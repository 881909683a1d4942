namespace ExtAuthz.Server.Transport;

/// <summary>What an operator sets of the transport.</summary>
internal sealed record TransportSettings
{
    /// <summary>
    /// How long to serve on after SIGTERM: at least Envoy's health-check interval times its unhealthy threshold,
    /// or the time until the endpoint is taken out.
    /// </summary>
    public TimeSpan ShutdownDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long calls in flight may take after that.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(15);
}
