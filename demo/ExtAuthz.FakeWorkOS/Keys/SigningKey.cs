using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Keys;

/// <summary>One RS256 key (RFC 7518 section 3.3). Every signature imports it anew, so that nothing is shared between threads.</summary>
internal sealed class SigningKey(RSAParameters parameters)
{
    public string Id { get; } = Identifiers.New("sso_oidc_key_pair_");

    public static SigningKey Generate()
    {
        using var rsa = RSA.Create(2048);
        return new SigningKey(rsa.ExportParameters(includePrivateParameters: true));
    }

    /// <summary>The compact JWS of a payload (RFC 7515 section 3.1).</summary>
    public string Sign(JsonObject payload)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = Id, ["typ"] = "JWT" };
        var input = $"{Encode(header)}.{Encode(payload)}";
        using var rsa = RSA.Create(parameters);
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The public half as a JWK (RFC 7517).</summary>
    public JsonObject ToJwk() => new()
    {
        ["alg"] = "RS256",
        ["kty"] = "RSA",
        ["use"] = "sig",
        ["n"] = Base64Url.EncodeToString(parameters.Modulus),
        ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        ["kid"] = Id,
    };

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
