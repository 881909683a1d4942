using System.Collections.Frozen;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Tests.SignIn;

public sealed class ReturnPathTests
{
    [Theory]
    [InlineData("?x=1", "/")]
    [InlineData("https://app.example.com?x=1", "/?x=1")]
    [InlineData("https://app.example.com#x", "/")]
    [InlineData("/x#y?z", "/x")]
    [InlineData("/x%2525", "/x%2525")]
    [InlineData("/x%25252525", "/")]
    [InlineData("/x/%2e%2e/%2e", "/")]
    [InlineData("/x/%252e", "/")]
    [InlineData(null, "/")]
    public void A_path_is_kept_or_becomes_the_start_page(string? value, string expected) => From(value).Value.ShouldBe(expected);

    [Fact]
    public void The_longest_value_has_2048_characters()
    {
        From('/' + new string('a', 2047)).Value.Length.ShouldBe(2048);
        From('/' + new string('a', 2048)).Value.ShouldBe("/");
    }

    [Fact]
    public void The_start_page_is_the_default()
    {
        From("/").ShouldBe(default);
        default(ReturnPath).Value.ShouldBe("/");
    }

    [Fact]
    public void A_return_path_prints_without_its_query() => $"{From("/x?token=secret")}".ShouldBe("/x");

    private static ReturnPath From(string? value) => ReturnPath.From(value, "https://app.example.com", FrozenSet<string>.Empty);
}
