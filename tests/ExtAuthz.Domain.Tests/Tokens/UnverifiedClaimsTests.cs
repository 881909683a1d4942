using System.Buffers.Text;
using System.Text;
using ExtAuthz.Domain.Tokens;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Domain.Tests.Tokens;

public sealed class UnverifiedClaimsTests
{
    [Fact]
    public void The_payload_is_read_without_proof() =>
        Read("""{"sid":"x","org_id":"org_1","iat":1,"exp":2.5,"sid":"session_\u0031","aud":["a"],"act":{"sid":"z"}}""")
            .ShouldBe(new UnverifiedClaims("session_1", "org_1", DateTimeOffset.UnixEpoch.AddSeconds(1), DateTimeOffset.UnixEpoch.AddSeconds(2.5)));

    [Fact]
    public void Claims_of_the_wrong_type_are_absent() =>
        Read("""{"sid":1,"org_id":null,"iat":"1","exp":1e300}""").ShouldBe(new UnverifiedClaims(null, null, null, null));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"sid\":\"x\"")]
    [InlineData("{} {}")]
    public void A_payload_that_is_no_object_is_undecodable(string payload) => Read(payload).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.e30")]
    [InlineData("a.e30.b.c")]
    [InlineData("a.e3+.b")]
    public void A_text_that_is_no_token_is_undecodable(string token) => UnverifiedClaims.Read(new AccessToken(token)).ShouldBeNull();

    [Fact]
    public void Random_payloads_never_throw() => Prop.ForAll<byte[], string>((bytes, text) =>
    {
        UnverifiedClaims.Read(new AccessToken($"a.{Base64Url.EncodeToString(bytes)}.b"));
        Read($$"""{"sid":"{{text}}"}""");
        UnverifiedClaims.Read(new AccessToken(text ?? ""));
    }).QuickCheckThrowOnFailure();

    private static UnverifiedClaims? Read(string payload) => UnverifiedClaims.Read(new AccessToken($"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.x"));
}
