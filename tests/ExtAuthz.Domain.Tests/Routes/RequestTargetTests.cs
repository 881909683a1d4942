using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Routes;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/a", "/a", null)]
    [InlineData("/a?", "/a", "")]
    [InlineData("/a?b=1?c=2", "/a", "b=1?c=2")]
    [InlineData("/a%3Fb", "/a%3Fb", null)]
    [InlineData("?b", "", "b")]
    [InlineData("", "", null)]
    public void A_target_is_cut_at_its_first_question_mark(string raw, string path, string? query)
    {
        var target = RequestTarget.Parse(raw);

        target.Path.ShouldBe(path);
        target.Query.ShouldBe(query);
        target.Length.ShouldBe(raw.Length);
    }

    [Fact]
    public void A_target_prints_without_its_query() => $"{RequestTarget.Parse("/callback?code=secret")}".ShouldBe("/callback");
}
