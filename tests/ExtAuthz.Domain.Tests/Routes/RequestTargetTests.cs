using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Routes;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/a", "/a", "")]
    [InlineData("/a?", "/a", "?")]
    [InlineData("/a?b=1?c=2", "/a", "?b=1?c=2")]
    [InlineData("/a%3Fb", "/a%3Fb", "")]
    [InlineData("?b", "", "?b")]
    [InlineData("", "", "")]
    public void A_target_is_cut_at_its_first_question_mark(string raw, string path, string query)
    {
        var target = new RequestTarget(raw);

        target.Path.ToString().ShouldBe(path);
        target.Query.ToString().ShouldBe(query);
    }

    [Fact]
    public void A_target_prints_without_its_query() => $"{new RequestTarget("/callback?code=secret")}".ShouldBe("/callback");
}
