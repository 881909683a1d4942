using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Transport;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace ExtAuthz.Server;

/// <summary>Opens the port that Envoy calls: cleartext HTTP/2, TLS, or mutual TLS. Certificates are read at each handshake, which are few, so that renewed files count at once.</summary>
internal static class GrpcEndpoint
{
    /// <summary>Listens as configured.</summary>
    public static void Listen(KestrelServerOptions kestrel, GrpcSettings settings) => kestrel.Listen(settings.EndPoint, endpoint =>
    {
        KestrelSettings.ServeGrpc(endpoint);
        if (settings.Tls is { } tls)
        {
            endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(Handshake(tls)) });
        }
    });

    private static SslServerAuthenticationOptions Handshake(GrpcTlsSettings tls)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(
                X509Certificate2.CreateFromPemFile(tls.CertificatePath, tls.KeyPath), Read(tls.CertificatePath), offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http2],
        };
        if (tls.ClientCaPath is { } clientCa)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Read(clientCa));
        }

        return options;
    }

    private static X509Certificate2Collection Read(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates;
    }
}
