using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for the gRPC port.</summary>
internal static class GrpcRules
{
    public static GrpcSettings Apply(GrpcOptions options, ConfigurationFaults faults)
    {
        if (!IPAddress.TryParse(options.Address, out var address))
        {
            faults.Add(Option(nameof(options.Address)), "It is not an IP address.", "Write 127.0.0.1 for this machine or pod alone, 0.0.0.0 for every interface.");
        }

        if (options.Port is < 0 or > 65535)
        {
            faults.Add(Option(nameof(options.Port)), "It is not a port.", "Write a number from 1 to 65535, or 0 for any that is free.");
        }

        if (options.ShutdownDelaySeconds is < 0 or > 300)
        {
            faults.Add(Option(nameof(options.ShutdownDelaySeconds)), "It is not between 0 and 300 seconds.", "Write a little more than Envoy's health check interval.");
        }

        return new GrpcSettings(
            new IPEndPoint(address ?? IPAddress.Loopback, Math.Clamp(options.Port, 0, 65535)), ReadTls(options, faults), TimeSpan.FromSeconds(options.ShutdownDelaySeconds));
    }

    private static GrpcTlsSettings? ReadTls(GrpcOptions options, ConfigurationFaults faults)
    {
        var (certificate, key, clientCa) = (options.CertificatePath ?? "", options.CertificateKeyPath ?? "", options.ClientCaPath ?? "");
        if (certificate is "" || key is "")
        {
            RequireTogether(certificate, key, clientCa, faults);
            return null;
        }

        CheckFile(nameof(options.CertificatePath), () => X509Certificate2.CreateFromPemFile(certificate, key).Dispose(), "a PEM certificate with its unencrypted key", faults);
        if (clientCa is not "")
        {
            CheckFile(nameof(options.ClientCaPath), () => RequireCertificate(clientCa), "PEM certificates", faults);
        }

        return new GrpcTlsSettings(certificate, key, clientCa is "" ? null : clientCa);
    }

    private static void RequireTogether(string certificate, string key, string clientCa, ConfigurationFaults faults)
    {
        if (certificate is "" && (key is not "" || clientCa is not ""))
        {
            faults.Add(Option(nameof(GrpcOptions.CertificatePath)), "It is missing, so the port would not be encrypted.", "Name the server's certificate too, or remove the key and the client authority.");
        }
        else if (certificate is not "")
        {
            faults.Add(Option(nameof(GrpcOptions.CertificateKeyPath)), "It is missing.", "Name the certificate's key.");
        }
    }

    private static void CheckFile(string option, Action load, string expected, ConfigurationFaults faults)
    {
        try
        {
            load();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            faults.Add(Option(option), $"The file does not hold {expected} ({fault.GetType().Name}).", "Check the paths, the files and who may read them.");
        }
    }

    private static void RequireCertificate(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        if (certificates.Count is 0)
        {
            throw new CryptographicException();
        }
    }

    private static string Option(string name) => ConfigurationPath.Combine(nameof(AuthkitOptions.Grpc), name);
}
