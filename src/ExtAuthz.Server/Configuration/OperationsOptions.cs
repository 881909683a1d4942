namespace ExtAuthz.Server.Configuration;

/// <summary>A port of its own for what is no question of Envoy's: events of the provider.</summary>
internal sealed class OperationsOptions
{
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>0 for none.</summary>
    public int Port { get; set; }

    /// <summary>What WorkOS signs its events with.</summary>
    public string? EventsSecret { get; set; }
}
