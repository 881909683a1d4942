using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>Keys made for this run, and public halves of them as JSON Web Keys.</summary>
internal static class TokenKeys
{
    public static readonly RSA K1 = RSA.Create(2048);
    public static readonly RSA K2 = RSA.Create(2048);
    public static readonly RSA Pss = RSA.Create(2048);
    public static readonly RSA Encryption = RSA.Create(2048);
    public static readonly RSA Weak = RSA.Create(1024);
    public static readonly RSA Stranger = RSA.Create(2048);
    public static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public static readonly byte[] Octets = RandomNumberGenerator.GetBytes(32);

    public static JsonObject Jwk(RSA key, string? kid = null, string? alg = null, string? use = null)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return Named(new JsonObject { ["kty"] = "RSA", ["n"] = Text(numbers.Modulus!), ["e"] = Text(numbers.Exponent!) }, kid, alg, use);
    }

    public static JsonObject Jwk(ECDsa key, string? kid = null, string? alg = null, string? use = null, string crv = "P-256")
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Named(new JsonObject { ["kty"] = "EC", ["crv"] = crv, ["x"] = Text(point.X!), ["y"] = Text(point.Y!) }, kid, alg, use);
    }

    public static byte[] Set(params JsonNode?[] keys) => Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString());

    public static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static string Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>A compact RS256 token.</summary>
    public static string Sign(RSA key, string? kid, JsonObject claims, string alg = "RS256")
    {
        var header = new JsonObject { ["alg"] = alg };
        if (kid is not null)
        {
            header["kid"] = kid;
        }

        return Sign(key, header, claims);
    }

    /// <summary>A compact token with this header.</summary>
    public static string Sign(RSA key, JsonObject header, JsonObject claims)
    {
        var input = $"{Text(header.ToJsonString())}.{Text(claims.ToJsonString())}";
        return $"{input}.{Text(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static JsonObject Named(JsonObject key, string? kid, string? alg, string? use)
    {
        foreach (var (name, value) in new[] { ("kid", kid), ("alg", alg), ("use", use) })
        {
            if (value is not null)
            {
                key[name] = value;
            }
        }

        return key;
    }
}
