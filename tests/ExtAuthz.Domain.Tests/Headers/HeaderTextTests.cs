using ExtAuthz.Domain.Headers;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Domain.Tests.Headers;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("user_01H", "user_01H")]
    [InlineData("Ann Smith", "Ann Smith")]
    [InlineData(" a  b ", "%20a  b%20")]
    [InlineData("  ", "%20%20")]
    [InlineData("100%,x", "100%25,x")]
    [InlineData("Zoë", "Zo%C3%AB")]
    [InlineData("😀", "%F0%9F%98%80")]
    [InlineData("a\r\nx-auth-role: admin", "a%0D%0Ax-auth-role: admin")]
    [InlineData("\0\t\x7F", "%00%09%7F")]
    public void A_text_becomes_a_header_value(string text, string expected) => HeaderText.Encode(text).ShouldBe(expected);

    [Fact]
    public void A_comma_in_an_element_makes_no_second_element()
    {
        HeaderText.Encode(["admin,owner", "a b", " c"]).ShouldBe("admin%2Cowner,a b,%20c");
        HeaderText.Encode([]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_survives_decoding_and_is_visible_ascii_with_inner_spaces() => Prop.ForAll(Texts(), text =>
    {
        var encoded = HeaderText.Encode(text);
        return Uri.UnescapeDataString(encoded).Equals(text, StringComparison.Ordinal) && encoded.All(c => c is >= ' ' and <= '~') && encoded is not ([' ', ..] or [.., ' ']);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_list_survives_decoding() => Prop.ForAll(Texts().Generator.ArrayOf().ToArbitrary(), texts =>
        texts.Length == 0 || HeaderText.Encode([.. texts]).Split(',').Select(Uri.UnescapeDataString).SequenceEqual(texts, StringComparer.Ordinal)).QuickCheckThrowOnFailure();

    private static Arbitrary<string> Texts() => Gen.Elements("a", "Z", " ", "%", "%2", ",", "\r\n", "\0", "~", "\x7F", "é", "\u2028", "😀", "\u00A0")
        .ArrayOf().Select(string.Concat).ToArbitrary();
}
