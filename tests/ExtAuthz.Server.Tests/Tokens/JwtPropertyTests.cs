using System.Text.Json.Nodes;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>Whatever is done to a token, it is not accepted and nothing is thrown.</summary>
public sealed class JwtPropertyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_750_000_000);
    private static readonly JwtVerifier Verifier = new(KeyWorld.Rules);
    private static readonly JsonWebKeySet Keys = ((JwksResult.Accepted)JwksDocument.Read(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"), TokenKeys.Jwk(TokenKeys.K2, "k2"), TokenKeys.Jwk(TokenKeys.Curve)))).Keys;

    private static readonly string Good = TokenKeys.Sign(TokenKeys.K1, "k1", new JsonObject
    {
        ["iss"] = "https://api.workos.com",
        ["sub"] = "user_1",
        ["exp"] = Now.ToUnixTimeSeconds() + 300,
    });

    [Fact]
    public void The_token_itself_is_accepted() => Verify(Good).ShouldBeOfType<TokenVerdict.Accepted>();

    [Fact]
    public void One_character_changed_is_not_accepted() => Refused(
        from position in Gen.Choose(0, Good.Length - 1)
        from other in Gen.OneOf(Gen.Elements("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n".ToCharArray()), Gen.Choose(0, 0xFFFF).Select(code => (char)code))
        select $"{Good[..position]}{other}{Good[(position + 1)..]}");

    [Fact]
    public void A_piece_cut_out_is_not_accepted() => Refused(
        from start in Gen.Choose(0, Good.Length - 1)
        from length in Gen.Choose(1, Good.Length)
        select Good.Remove(start, Math.Min(length, Good.Length - start)));

    [Fact]
    public void A_text_put_in_is_not_accepted() => Refused(
        from position in Gen.Choose(0, Good.Length)
        from text in ArbMap.Default.GeneratorFor<NonEmptyString>()
        select Good.Insert(position, text.Get));

    [Fact]
    public void Any_bytes_in_three_parts_are_not_accepted() => Refused(
        from header in ArbMap.Default.GeneratorFor<byte[]>()
        from payload in ArbMap.Default.GeneratorFor<byte[]>()
        from signature in ArbMap.Default.GeneratorFor<byte[]>()
        select $"{TokenKeys.Text(header)}.{TokenKeys.Text(payload)}.{TokenKeys.Text(signature)}");

    [Fact]
    public void Any_json_under_an_honest_signature_never_throws() => Prop.ForAll(
        Arb.From(from name in Gen.Elements("iss", "sub", "exp", "iat", "nbf", "client_id", "sid", "org_id", "role", "roles", "permissions", "aud", "x")
                 from value in Gen.Elements("null", "true", "0", "-1", "1e400", "-1e308", "1750000300", "\"\"", "\"a\\u0000b\"", "[]", "[null]", "[[\"a\"],\"b\"]", "{}", "{\"a\":[{}]}")
                 select (name, value)),
        member =>
        {
            var claims = (JsonObject)JsonNode.Parse("{\"iss\":\"https://api.workos.com\",\"sub\":\"user_1\",\"exp\":1750000300}")!;
            claims[member.name] = JsonNode.Parse(member.value);
            Verify(TokenKeys.Sign(TokenKeys.K1, "k1", claims)).ShouldNotBeOfType<TokenVerdict.Undecodable>();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static void Refused(Gen<string> tokens) => Prop.ForAll(
        Arb.From(tokens.Where(text => !string.Equals(text, Good, StringComparison.Ordinal))),
        text => Verify(text) is not TokenVerdict.Accepted).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static TokenVerdict Verify(string text) =>
        JsonWebToken.Read(text, KeyWorld.Rules.MaximumLength) is { } token ? Verifier.Verify(token, Keys, Now) : new TokenVerdict.Undecodable();
}
