using System.Collections.Immutable;
using System.Security.Cryptography;

namespace ExtAuthz.Server.Tokens;

/// <summary>An asymmetric signature algorithm (RFC 7518 section 3.1): RSA with a padding, or ECDSA on a curve. There are no others.</summary>
internal sealed record SignatureAlgorithm(string Name, HashAlgorithmName Hash, RSASignaturePadding? Padding, string? Curve)
{
    public static readonly SignatureAlgorithm RS256 = new("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, Curve: null);
    public static readonly SignatureAlgorithm RS384 = new("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1, Curve: null);
    public static readonly SignatureAlgorithm RS512 = new("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, Curve: null);
    public static readonly SignatureAlgorithm PS256 = new("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss, Curve: null);
    public static readonly SignatureAlgorithm PS384 = new("PS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pss, Curve: null);
    public static readonly SignatureAlgorithm PS512 = new("PS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pss, Curve: null);
    public static readonly SignatureAlgorithm ES256 = new("ES256", HashAlgorithmName.SHA256, Padding: null, "P-256");
    public static readonly SignatureAlgorithm ES384 = new("ES384", HashAlgorithmName.SHA384, Padding: null, "P-384");
    public static readonly SignatureAlgorithm ES512 = new("ES512", HashAlgorithmName.SHA512, Padding: null, "P-521");

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<SignatureAlgorithm> All = [RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512];

    /// <summary>The one of exactly that name among those allowed, or null.</summary>
    public static SignatureAlgorithm? Named(string? name, ImmutableArray<SignatureAlgorithm> allowed)
    {
        foreach (var algorithm in allowed)
        {
            if (string.Equals(algorithm.Name, name, StringComparison.Ordinal))
            {
                return algorithm;
            }
        }

        return null;
    }
}
