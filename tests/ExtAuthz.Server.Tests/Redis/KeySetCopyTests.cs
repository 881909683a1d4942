using System.Text;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Tests.Tokens;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Tests.Redis;

public sealed class KeySetCopyTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeMilliseconds(1_750_000_000_123);
    private static readonly JsonWebKeySet First = Keys(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1")));
    private static readonly JsonWebKeySet Both = Keys(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"), TokenKeys.Jwk(TokenKeys.K2, "k2")));
    private static readonly JsonWebKeySet Second = Keys(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K2, "k2")));

    [Fact]
    public void A_copy_is_read_as_it_was_written()
    {
        var keys = Keys(TokenKeys.Set(
            TokenKeys.Jwk(TokenKeys.K1), TokenKeys.Jwk(TokenKeys.K1, "k1", "RS256", "sig"), TokenKeys.Jwk(TokenKeys.K2, "\"ключ\u0001\ud83d\udd11"), TokenKeys.Jwk(TokenKeys.Curve, "e1", "ES256")));

        var copy = KeySetCopy.Read(new KeySetCopy(keys, Noon).Write()).ShouldNotBeNull();

        copy.FetchedAt.ShouldBe(Noon);
        copy.Keys.Keys.Select(key => key.Identity).ShouldBe(keys.Keys.Select(key => key.Identity));
    }

    [Fact]
    public void Only_what_is_needed_is_written()
    {
        var key = TokenKeys.Jwk(TokenKeys.K1, "k1", use: "sig");
        key["x5c"] = "a long certificate";

        Encoding.Latin1.GetString(new KeySetCopy(Keys(TokenKeys.Set(key, TokenKeys.Jwk(TokenKeys.Weak, "weak"))), Noon).Write())
            .ShouldSatisfyAllConditions(text => text.ShouldNotContain("x5c"), text => text.ShouldNotContain("weak"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("12345678")]
    [InlineData("12345678{\"keys\":[]}")]
    public void What_is_no_copy_is_none(string content) => KeySetCopy.Read(Encoding.ASCII.GetBytes(content)).ShouldBeNull();

    [Fact]
    public void A_newer_copy_supersedes_unless_it_replaces_all_keys()
    {
        var (first, later) = (new KeySetCopy(First, Noon), Noon.AddMilliseconds(1));
        Compare(first, other: null).ShouldBe((true, false));
        Compare(new KeySetCopy(Both, later), first).ShouldBe((true, false));
        Compare(new KeySetCopy(First, later), first).ShouldBe((true, false));
        Compare(new KeySetCopy(Second, later), first).ShouldBe((false, true));
        Compare(new KeySetCopy(Both, Noon), first).ShouldBe((false, false));
        Compare(new KeySetCopy(Second, Noon), first).ShouldBe((false, false));

        static (bool, bool) Compare(KeySetCopy copy, KeySetCopy? other) => (copy.Supersedes(other), copy.Replaces(other));
    }

    private static JsonWebKeySet Keys(byte[] document) => JwksDocument.Read(document).ShouldBeOfType<JwksResult.Accepted>().Keys;
}
