using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>The corpus' signers, honest and not.</summary>
internal static class CorpusSigner
{
    /// <summary>The order of P-256.</summary>
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    public static byte[] Sign(string signer, string input, string? algorithm)
    {
        var data = Encoding.UTF8.GetBytes(input);
        return signer switch
        {
            "K1" => Rsa(TokenKeys.K1, data, algorithm),
            "K2" => Rsa(TokenKeys.K2, data, algorithm),
            "X" => Rsa(TokenKeys.Stranger, data, algorithm),
            "WEAK" => Rsa(TokenKeys.Weak, data, algorithm),
            "ENC1" => Rsa(TokenKeys.Encryption, data, algorithm),
            "K1_PSS" => TokenKeys.K1.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "PS1" => TokenKeys.Pss.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "EC1" => TokenKeys.Curve.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            "EC_DER" => TokenKeys.Curve.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            "EC_ZERO" => new byte[64],
            "EC_N" => [.. Order, .. Order],
            "empty" => [],
            "HS_PEM_K1" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(TokenKeys.K1.ExportSubjectPublicKeyInfoPem() + "\n"), data),
            "HS_DER_K1" => HMACSHA256.HashData(TokenKeys.K1.ExportSubjectPublicKeyInfo(), data),
            "HS_N_K1" => HMACSHA256.HashData(TokenKeys.K1.ExportParameters(includePrivateParameters: false).Modulus!, data),
            "HS_EMPTY" => HMACSHA256.HashData(Array.Empty<byte>(), data),
            "HS_O1" => HMACSHA256.HashData(TokenKeys.Octets, data),
            _ => throw new InvalidDataException($"The corpus uses a signer that is not known here: {signer}"),
        };
    }

    private static byte[] Rsa(RSA key, byte[] data, string? algorithm) => key.SignData(data, algorithm switch
    {
        "RS384" => HashAlgorithmName.SHA384,
        "RS512" => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    }, RSASignaturePadding.Pkcs1);
}
