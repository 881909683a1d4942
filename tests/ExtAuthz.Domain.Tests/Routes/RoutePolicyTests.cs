using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Routes;

public sealed class RoutePolicyTests
{
    private readonly RoutePolicy _policy = new(Patterns.Set("/about", "/blog/*", "/docs/**"));

    [Theory]
    [InlineData("/about", PathClass.Public)]
    [InlineData("/about?x=%zz;\\é", PathClass.Public)]
    [InlineData("/blog/caf%C3%A9", PathClass.Public)]
    [InlineData("/dashboard", PathClass.Protected)]
    [InlineData("/blog/a!b", PathClass.Protected)]
    [InlineData("/blog/%C3%28", PathClass.Protected)]
    [InlineData("/blog/a;b%zz", PathClass.Rejected)]
    [InlineData("/about?a b", PathClass.Rejected)]
    [InlineData("*", PathClass.Rejected)]
    [InlineData("", PathClass.Rejected)]
    public void A_target_has_one_class(string target, PathClass expected) => Classify(RequestTarget.Parse(target)).ShouldBe(expected);

    [Fact]
    public void A_missing_target_is_rejected() => Classify(default).ShouldBe(PathClass.Rejected);

    [Fact]
    public void The_longest_target_has_8192_characters()
    {
        Classify(RequestTarget.Parse("/about?" + new string('a', 8192 - 7))).ShouldBe(PathClass.Public);
        Classify(RequestTarget.Parse("/about?" + new string('a', 8193 - 7))).ShouldBe(PathClass.Rejected);
    }

    [Fact]
    public void Classifying_allocates_nothing()
    {
        RequestTarget[] targets = [.. new[] { "/about/?x=1", "/blog/caf%C3%A9", "/docs/a/b/c", "/dashboard/settings?tab=2" }.Select(RequestTarget.Parse)];
        ClassifyAll(targets);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ClassifyAll(targets);

        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
    }

    private PathClass Classify(RequestTarget target) => _policy.Classify(target, hasRawHeaders: false);

    private void ClassifyAll(RequestTarget[] targets)
    {
        for (var round = 0; round < 100; round++)
        {
            foreach (var target in targets)
            {
                Classify(target);
            }
        }
    }
}
