using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace ExtAuthz.Server.Tokens;

/// <summary>An RSA public key (RFC 7518 section 6.3.1) of 2048 bits or more.</summary>
internal sealed class RsaJsonWebKey : JsonWebKey
{
    private const int MinimumBits = 2048;
    private const int MaximumBits = 8192; // beyond it one verification is a burden
    private const int MaximumExponentBytes = 4;

    private readonly RSA _rsa;

    private RsaJsonWebKey(string? keyId, string? algorithm, RSAParameters parameters)
        : base(keyId, algorithm, $"RSA {Convert.ToHexString(parameters.Modulus!)} {Convert.ToHexString(parameters.Exponent!)}") // both set by Import
        => _rsa = RSA.Create(parameters);

    public static RsaJsonWebKey? Import(JsonElement key, string? keyId, string? algorithm)
    {
        if (CanonicalBase64Url.Decode(Text(key, "n")) is not { } modulus || CanonicalBase64Url.Decode(Text(key, "e")) is not { } exponent)
        {
            return null;
        }

        var parameters = new RSAParameters { Modulus = modulus.AsSpan().TrimStart((byte)0).ToArray(), Exponent = exponent.AsSpan().TrimStart((byte)0).ToArray() };
        try
        {
            return IsStrong(parameters) ? new RsaJsonWebKey(keyId, algorithm, parameters) : null;
        }
        catch (CryptographicException)
        {
            return null; // the platform's word for numbers that are no key
        }
    }

    public override bool Verify(SignatureAlgorithm wanted, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        wanted.Padding is { } padding && _rsa.VerifyData(data, signature, wanted.Hash, padding);

    protected override void WriteMaterialTo(Utf8JsonWriter json)
    {
        var numbers = _rsa.ExportParameters(includePrivateParameters: false);
        json.WriteString("kty", "RSA");
        json.WriteString("n", Base64Url.EncodeToString(numbers.Modulus));
        json.WriteString("e", Base64Url.EncodeToString(numbers.Exponent));
    }

    protected override bool IsOfKind(SignatureAlgorithm wanted) => wanted.Padding is not null;

    private static bool IsStrong(RSAParameters parameters)
    {
        var bits = new BigInteger(parameters.Modulus, isUnsigned: true, isBigEndian: true).GetBitLength();
        var exponent = new BigInteger(parameters.Exponent, isUnsigned: true, isBigEndian: true);
        return bits is >= MinimumBits and <= MaximumBits && parameters.Exponent!.Length <= MaximumExponentBytes && exponent >= 3 && !exponent.IsEven; // set by Import
    }
}
