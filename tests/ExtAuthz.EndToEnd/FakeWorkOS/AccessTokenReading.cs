using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ExtAuthz.EndToEnd.FakeWorkOS;

/// <summary>Verifies and opens access tokens with nothing but RFC 7515 and the platform's RSA.</summary>
internal static class AccessTokenReading
{
    public static bool IsSignedBy(string accessToken, JsonObject jwks)
    {
        var parts = accessToken.Split('.');
        var key = jwks["keys"]!.AsArray().FirstOrDefault(key => JsonNode.DeepEquals(key!["kid"], Header(accessToken)["kid"]));
        if (key is null)
        {
            return false;
        }

        using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(key["n"]), Exponent = Bytes(key["e"]) });
        return rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public static JsonObject Header(string accessToken) => Part(accessToken, 0);

    public static JsonObject Claims(string accessToken) => Part(accessToken, 1);

    private static JsonObject Part(string accessToken, int index) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(accessToken.Split('.')[index]))!.AsObject();

    private static byte[] Bytes(JsonNode? value) => Base64Url.DecodeFromChars(value!.GetValue<string>());
}
