using System.Globalization;

namespace ExtAuthz.Domain.Tests;

public sealed class DigestTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void Equal_texts_have_equal_digests_and_one_character_changes_them(int length)
    {
        var text = new string('é', length);

        Digest.Of(text).ShouldBe(Digest.Of(new string('é', length)));
        Digest.Of(text).ShouldNotBe(Digest.Of(text + "a"));
    }

    [Fact]
    public void A_digest_prints_nothing_of_itself() => string.Create(CultureInfo.InvariantCulture, $"{Digest.Of("a")}").ShouldBe("[digest]");
}
