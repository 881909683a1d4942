using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Routes;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("/blog/*", "/blog/post-1", true)]
    [InlineData("/blog/*", "/blog/post-1/", true)]
    [InlineData("/blog/*", "/blog", false)]
    [InlineData("/blog/*", "/blog/", false)]
    [InlineData("/blog/*", "/blog/a/b", false)]
    [InlineData("/docs*", "/docs-old", true)]
    [InlineData("/docs*", "/docs", false)]
    [InlineData("/static/*.css", "/static/a.b.css", true)]
    [InlineData("/static/*.css", "/static/.css", false)]
    [InlineData("/docs/**", "/docs", true)]
    [InlineData("/docs/**", "/docs/a/b/", true)]
    [InlineData("/docs/**", "/docsx", false)]
    [InlineData("/a/**/z", "/a/z", true)]
    [InlineData("/a/**/z", "/a/b/c/z", true)]
    [InlineData("/a/**/z", "/az", false)]
    [InlineData("/a/*/z", "/a//z", false)]
    [InlineData("*", "/about", true)]
    [InlineData("*", "/", false)]
    public void Stars_match_segments(string pattern, string path, bool expected) => Patterns.Set(pattern).Matches(path).ShouldBe(expected);

    [Theory]
    [InlineData("/:a-:b", "/x-y", true)]
    [InlineData("/:a-:b", "/x-y-z", true)]
    [InlineData("/:a-:b", "/xy", false)]
    [InlineData("/x-:a-:b", "/x-y-", false)]
    [InlineData("/file.:ext", "/file.txt", true)]
    [InlineData("/file.:ext", "/file.tar.gz", false)]
    [InlineData("/file.:ext+", "/file.tar.gz", true)]
    [InlineData("/:lang(en|de)/about", "/de/about", true)]
    [InlineData("/:lang(en|de)/about", "/fr/about", false)]
    [InlineData("/v([0-9]+)/(.*)", "/v12/x/y", true)]
    [InlineData("/a([+])b", "/a+b", true)]
    [InlineData("/:n([0-9]+)*", "/1/2/3", true)]
    [InlineData("/:n([0-9]+)*", "/", true)]
    [InlineData("/:n([0-9]+)+", "/1/x", false)]
    [InlineData("/a]:x]:y", "/a]1]2", true)]
    public void Parameters_and_groups_match_as_in_the_reference(string pattern, string path, bool expected) => Patterns.Set(pattern).Matches(path).ShouldBe(expected);

    [Theory]
    [InlineData("/about", "/about\n")]
    [InlineData("/about/:id", "/about/x\n/y")]
    [InlineData("/(.*)", "/about\n")]
    [InlineData("/about", "x/about")]
    [InlineData("/about", "/About")]
    [InlineData("/a.b", "/axb")]
    [InlineData("/a|b", "/a")]
    public void A_pattern_matches_the_whole_path_byte_for_byte(string pattern, string path) => Patterns.Set(pattern).Matches(path).ShouldBeFalse();

    [Theory]
    [InlineData("about", "/about")]
    [InlineData("/a b", "/a%20b")]
    [InlineData("/ünï", "/%C3%BCn%C3%AF")]
    public void A_pattern_is_completed_and_encoded_as_a_browser_would(string pattern, string path) => Patterns.Set(pattern).Matches(path).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData(" /about")]
    [InlineData("/ab\tout")]
    [InlineData("/api/:id?")]
    [InlineData("/a#b")]
    [InlineData("/user/:id(\\d+)")]
    [InlineData("/x{/y}")]
    [InlineData("//docs/x")]
    [InlineData("https://docs.example.com/x")]
    [InlineData("mailto:x")]
    [InlineData("/a/../b")]
    [InlineData("/a/%2E%2e/b")]
    [InlineData("/a+b")]
    [InlineData("/a)")]
    [InlineData("/(a")]
    [InlineData("/()")]
    [InlineData("/(a(b))")]
    [InlineData("/([0-9)")]
    [InlineData("/(*)")]
    [InlineData("/:")]
    [InlineData("/:a:b")]
    [InlineData("/:a*b*c:d*")]
    [InlineData("/:a**")]
    [InlineData("/docs**")]
    [InlineData("/**docs")]
    [InlineData("/***")]
    [InlineData("/a:b*")]
    public void A_pattern_that_does_not_mean_what_it_says_is_refused_with_a_fix(string pattern)
    {
        var refused = PathPattern.Parse(pattern, allowAllPaths: true).ShouldBeOfType<PathPatternResult.Invalid>();

        refused.Fault.ShouldEndWith(".");
        refused.Fix.ShouldEndWith(".");
    }

    [Theory]
    [InlineData("/**")]
    [InlineData("**")]
    [InlineData("(.*)")]
    [InlineData("/(.*)")]
    [InlineData("/:path*")]
    [InlineData("/:path+")]
    [InlineData("/*/**")]
    [InlineData("/([a-z/]*)")]
    public void A_pattern_for_every_path_needs_a_setting_of_its_own(string pattern)
    {
        PathPattern.Parse(pattern).ShouldBeOfType<PathPatternResult.Invalid>();
        PathPattern.Parse(pattern, allowAllPaths: true).ShouldBeOfType<PathPatternResult.Parsed>();
    }

    [Theory]
    [InlineData("/*")]
    [InlineData("/:page")]
    [InlineData("/docs/**")]
    [InlineData("/*/public/**")]
    public void A_pattern_for_some_paths_needs_none(string pattern) => PathPattern.Parse(pattern).ShouldBeOfType<PathPatternResult.Parsed>();

    [Fact]
    public void A_set_matches_what_any_of_its_patterns_matches()
    {
        var set = Patterns.Set("/about", "/docs/**", "/(a|b)");

        set.Matches("/about/").ShouldBeTrue();
        set.Matches("/docs/x").ShouldBeTrue();
        set.Matches("/b").ShouldBeTrue();
        set.Matches("/").ShouldBeFalse();
        Patterns.Set().Matches("/").ShouldBeFalse();
    }
}
