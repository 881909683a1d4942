using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ExtAuthz.Server.Configuration;

namespace ExtAuthz.Server.Tests.Configuration;

public sealed class GrpcTlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extauthz-tls-");
    private readonly string _certificate;
    private readonly string _key;

    public GrpcTlsTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=extauthz", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        _certificate = Write("server.pem", certificate.ExportCertificatePem());
        _key = Write("server.key", key.ExportPkcs8PrivateKeyPem());
    }

    [Fact]
    public void A_certificate_and_its_key_make_TLS() =>
        Written.Settings($"ExtAuthz:Grpc:CertificatePath={_certificate}", $"ExtAuthz:Grpc:CertificateKeyPath={_key}")
            .Grpc.Tls.ShouldBe(new GrpcTlsSettings(_certificate, _key, ClientCaPath: null));

    [Fact]
    public void A_client_authority_makes_it_mutual() =>
        Written.Settings($"ExtAuthz:Grpc:CertificatePath={_certificate}", $"ExtAuthz:Grpc:CertificateKeyPath={_key}", $"ExtAuthz:Grpc:ClientCaPath={_certificate}")
            .Grpc.Tls.ShouldBe(new GrpcTlsSettings(_certificate, _key, _certificate));

    [Fact]
    public void A_key_that_is_no_key_is_refused() =>
        Written.Refusal($"ExtAuthz:Grpc:CertificatePath={_certificate}", $"ExtAuthz:Grpc:CertificateKeyPath={_certificate}")
            .Faults.ShouldHaveSingleItem().Setting.ShouldBe("ExtAuthz:Grpc:CertificatePath");

    [Fact]
    public void A_client_authority_without_a_certificate_is_refused() =>
        Written.Refusal($"ExtAuthz:Grpc:CertificatePath={_certificate}", $"ExtAuthz:Grpc:CertificateKeyPath={_key}", $"ExtAuthz:Grpc:ClientCaPath={Write("ca.pem", "")}")
            .Faults.ShouldHaveSingleItem().Setting.ShouldBe("ExtAuthz:Grpc:ClientCaPath");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
