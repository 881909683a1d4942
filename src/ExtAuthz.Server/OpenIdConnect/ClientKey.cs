using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Our own private key: RSA of at least 2048 bits signs RS256, P-256 signs ES256. Safe for concurrent use.</summary>
internal sealed class ClientKey
{
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;

    private ClientKey(RSA rsa) => _rsa = rsa;

    private ClientKey(ECDsa ecdsa) => _ecdsa = ecdsa;

    /// <summary>Reads an unencrypted private key in PEM (RFC 7468); null when the text holds none that can be used.</summary>
    public static ClientKey? Read(string pem) => ReadRsa(pem) ?? ReadCurve(pem);

    /// <summary>A compact JWS (RFC 7515 section 7.1) of these claims.</summary>
    public string Sign(string claimsJson)
    {
        var algorithm = _rsa is null ? "ES256" : "RS256";
        var input = $"{Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""")}.{Encode(claimsJson)}";
        var bytes = Encoding.ASCII.GetBytes(input);
        var signature = _rsa?.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ?? _ecdsa!.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation); // one of both is set
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    public override string ToString() => "[client key]";

    private static ClientKey? ReadRsa(string pem)
    {
        var rsa = RSA.Create();
        return Imports(rsa, pem) && rsa.KeySize >= 2048 ? new ClientKey(rsa) : null;
    }

    private static ClientKey? ReadCurve(string pem)
    {
        var ecdsa = ECDsa.Create();
        return Imports(ecdsa, pem) && ecdsa.KeySize == 256 ? new ClientKey(ecdsa) : null;
    }

    private static bool Imports(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            key.ExportPkcs8PrivateKey();
            return true;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return false; // the platform's words for another kind of key, a public one, and none
        }
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
