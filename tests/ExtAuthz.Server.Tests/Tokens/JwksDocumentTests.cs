using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Tests.Tokens;

public sealed class JwksDocumentTests
{
    private static readonly string Good = TokenKeys.Jwk(TokenKeys.K1, "k1").ToJsonString();

    public static TheoryData<string> Malformed() =>
    [
        "", " ", "null", "[]", "{}", "1", "<!doctype html><title>Sorry</title>", "{\"keys\":null}", "{\"keys\":{}}", "{\"keys\":\"k\"}",
        $"{{\"keys\":[{Good}]", $"{{\"keys\":[{Good}]}}x", $"{{\"keys\":[{Good},]}}", $"{{\"keys\":[],\"keys\":[{Good}]}}",
        $"\ufeff{{\"keys\":[{Good}]}}", $"/**/{{\"keys\":[{Good}]}}", $"{{\"keys\":[[[[[[[[[[]]]]]]]]],\"x\":[{Good}]}}", $"{{\"Keys\":[{Good}]}}",
    ];

    public static TheoryData<string> Unusable() =>
    [
        "null", "1", "[]", "{}", "{\"kty\":\"RSA\"}", "{\"kty\":\"RSA\",\"n\":1,\"e\":2}", "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}", "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
        $"{{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"{TokenKeys.Text(new byte[32])}\",\"y\":\"{TokenKeys.Text(new byte[32])}\"}}",
        TokenKeys.Jwk(TokenKeys.Weak, "weak").ToJsonString(),
        TokenKeys.Jwk(TokenKeys.Curve, "e1", crv: "secp256k1").ToJsonString(),
        TokenKeys.Jwk(TokenKeys.Curve, "e1", crv: "P-384").ToJsonString(),
        TokenKeys.Jwk(TokenKeys.K1, "k1", use: "enc").ToJsonString(),
        With("kid", ""), With("kid", 1), With("alg", 1), With("use", 1), With("key_ops", "verify"), With("key_ops", new JsonArray("encrypt")),
        With("e", "AQ"), With("e", "AAAA"), With("e", "AQAC"), With("e", "AQAB="), With("e", "AQAAAAAB"),
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_no_key_set_is_refused(string text) =>
        JwksDocument.Read(Encoding.UTF8.GetBytes(text)).ShouldBe(new JwksResult.Refused(JwksFault.Malformed));

    [Theory]
    [MemberData(nameof(Unusable))]
    public void A_key_that_can_not_verify_is_left_out(string key)
    {
        JwksDocument.Read(Encoding.UTF8.GetBytes($"{{\"keys\":[{key}]}}")).ShouldBe(new JwksResult.Refused(JwksFault.NoUsableKey));
        Keys(Encoding.UTF8.GetBytes($"{{\"keys\":[{key},{TokenKeys.Jwk(TokenKeys.K2, "k2").ToJsonString()}]}}")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("d")]
    [InlineData("p")]
    [InlineData("oth")]
    public void A_private_key_spoils_the_set(string member)
    {
        var key = TokenKeys.Jwk(TokenKeys.Curve, "e1");
        key[member] = "AAAA";
        JwksDocument.Read(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"), key)).ShouldBe(new JwksResult.Refused(JwksFault.PrivateKey));
    }

    [Fact]
    public void Keys_that_share_an_id_are_both_left_out()
    {
        var keys = Keys(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "same"), TokenKeys.Jwk(TokenKeys.Curve, "same"), TokenKeys.Jwk(TokenKeys.K2, "k2")));
        keys.Contains("same").ShouldBeFalse();
        keys.Contains("k2").ShouldBeTrue();
    }

    [Fact]
    public void Sixty_four_keys_are_enough()
    {
        JwksDocument.Read(TokenKeys.Set(Many(64))).ShouldBeOfType<JwksResult.Accepted>();
        JwksDocument.Read(TokenKeys.Set(Many(65))).ShouldBe(new JwksResult.Refused(JwksFault.TooManyKeys));

        static JsonObject[] Many(int count) => [.. Enumerable.Range(0, count).Select(number => TokenKeys.Jwk(TokenKeys.K1, $"k{number}"))];
    }

    [Fact]
    public void A_document_has_its_size() =>
        JwksDocument.Read(new byte[JwksDocument.MaximumBytes + 1]).ShouldBe(new JwksResult.Refused(JwksFault.TooLarge));

    [Theory]
    [InlineData("P-256", "1.2.840.10045.3.1.7")]
    [InlineData("P-384", "1.3.132.0.34")]
    [InlineData("P-521", "1.3.132.0.35")]
    public void Each_named_curve_verifies_with_its_own_algorithm_only(string curve, string oid)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(oid));
        var keys = Keys(TokenKeys.Set(TokenKeys.Jwk(key, "e1", crv: curve)));
        var algorithm = SignatureAlgorithm.All.Where(candidate => keys.Find("e1", candidate) is not null).ShouldHaveSingleItem();

        keys.Find("e1", algorithm)!.Verify(algorithm, "data"u8, key.SignData("data"u8, algorithm.Hash)).ShouldBeTrue();
    }

    [Fact]
    public async Task One_key_serves_many_threads()
    {
        var algorithms = new[] { SignatureAlgorithm.RS256, SignatureAlgorithm.ES256 };
        var keys = Keys(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1), TokenKeys.Jwk(TokenKeys.Curve)));
        var good = new[] { TokenKeys.K1.SignData("data"u8, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), TokenKeys.Curve.SignData("data"u8, HashAlgorithmName.SHA256) };

        await Parallel.ForAsync(0, 4000, TestContext.Current.CancellationToken, (turn, _) =>
        {
            var algorithm = algorithms[turn % 2];
            keys.Find(keyId: null, algorithm)!.Verify(algorithm, turn % 3 == 0 ? "data"u8 : "date"u8, good[turn % 2]).ShouldBe(turn % 3 == 0);
            return ValueTask.CompletedTask;
        });
    }

    private static JsonWebKeySet Keys(byte[] document) => JwksDocument.Read(document).ShouldBeOfType<JwksResult.Accepted>().Keys;

    private static string With(string member, JsonNode value)
    {
        var key = TokenKeys.Jwk(TokenKeys.K1, "k1");
        key[member] = value;
        return key.ToJsonString();
    }
}
