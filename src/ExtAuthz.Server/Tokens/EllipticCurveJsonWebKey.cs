using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace ExtAuthz.Server.Tokens;

/// <summary>A public key on P-256, P-384 or P-521 (RFC 7518 section 6.2.1).</summary>
internal sealed class EllipticCurveJsonWebKey : JsonWebKey
{
    private readonly string _curve;
    private readonly ECDsa _ecdsa;

    private EllipticCurveJsonWebKey(string? keyId, string? algorithm, string curve, ECParameters parameters)
        : base(keyId, algorithm, $"{curve} {Convert.ToHexString(parameters.Q.X!)} {Convert.ToHexString(parameters.Q.Y!)}") // both set by Import
    {
        _curve = curve;
        _ecdsa = ECDsa.Create(parameters);
    }

    public static EllipticCurveJsonWebKey? Import(JsonElement key, string? keyId, string? algorithm)
    {
        if (Named(Text(key, "crv")) is not var (name, _curve, coordinateBytes)
            || CanonicalBase64Url.Decode(Text(key, "x")) is not { } x || x.Length != coordinateBytes
            || CanonicalBase64Url.Decode(Text(key, "y")) is not { } y || y.Length != coordinateBytes)
        {
            return null;
        }

        try
        {
            return new EllipticCurveJsonWebKey(keyId, algorithm, name, new ECParameters { Curve = _curve, Q = new ECPoint { X = x, Y = y } });
        }
        catch (CryptographicException)
        {
            return null; // the platform's word for a point that is not on the curve
        }
    }

    /// <summary>Verifies r and s side by side, each as long as a coordinate (RFC 7518 section 3.4).</summary>
    public override bool Verify(SignatureAlgorithm wanted, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _ecdsa.VerifyData(data, signature, wanted.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    protected override void WriteMaterialTo(Utf8JsonWriter json)
    {
        var point = _ecdsa.ExportParameters(includePrivateParameters: false).Q;
        json.WriteString("kty", "EC");
        json.WriteString("crv", _curve);
        json.WriteString("x", Base64Url.EncodeToString(point.X));
        json.WriteString("y", Base64Url.EncodeToString(point.Y));
    }

    protected override bool IsOfKind(SignatureAlgorithm wanted) => string.Equals(_curve, wanted.Curve, StringComparison.Ordinal);

    private static (string Name, ECCurve Curve, int CoordinateBytes)? Named(string? name) => name switch
    {
        "P-256" => (name, ECCurve.NamedCurves.nistP256, 32),
        "P-384" => (name, ECCurve.NamedCurves.nistP384, 48),
        "P-521" => (name, ECCurve.NamedCurves.nistP521, 66),
        _ => null,
    };
}
