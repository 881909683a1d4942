using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Routes;

public sealed class RoutePolicyTests
{
    private readonly RoutePolicy _policy = new(Patterns.Set("/about", "/blog/*", "/docs/**"), rawHeaders: false);

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
    public void A_target_has_one_class(string target, PathClass expected) => _policy.Classify(new RequestTarget(target)).ShouldBe(expected);

    [Fact]
    public void A_missing_target_is_rejected() => _policy.Classify(default).ShouldBe(PathClass.Rejected);

    [Fact]
    public void The_longest_target_has_8192_characters()
    {
        _policy.Classify(new RequestTarget("/about?" + new string('a', 8192 - 7))).ShouldBe(PathClass.Public);
        _policy.Classify(new RequestTarget("/about?" + new string('a', 8193 - 7))).ShouldBe(PathClass.Rejected);
    }

    [Fact]
    public void Classifying_allocates_nothing()
    {
        RequestTarget[] targets = [new("/about/?x=1"), new("/blog/caf%C3%A9"), new("/docs/a/b/c"), new("/dashboard/settings?tab=2")];
        ClassifyAll(targets);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ClassifyAll(targets);

        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
    }

    private void ClassifyAll(RequestTarget[] targets)
    {
        for (var round = 0; round < 100; round++)
        {
            foreach (var target in targets)
            {
                _policy.Classify(target);
            }
        }
    }
}
