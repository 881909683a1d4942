namespace ExtAuthz.Server.Configuration;

/// <summary>Where Envoy reaches this service.</summary>
internal sealed class GrpcOptions
{
    /// <summary>Loopback is the safe default: whoever reaches the port may ask on behalf of any session it holds.</summary>
    public string Address { get; set; } = "127.0.0.1";

    public int Port { get; set; } = 9001;

    public string? CertificatePath { get; set; }

    public string? CertificateKeyPath { get; set; }

    public string? ClientCaPath { get; set; }

    public int ShutdownDelaySeconds { get; set; } = 10;
}
