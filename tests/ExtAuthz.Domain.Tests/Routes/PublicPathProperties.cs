using ExtAuthz.Domain.Routes;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Domain.Tests.Routes;

public sealed class PublicPathProperties
{
    private readonly PathPatternSet _patterns =
        Patterns.Set("/about", "/public/**", "/blog/*", "/static/*.css", "/api/:id/edit", "/files/(.*)", "/:lang(x|42)/about", "/x/:path+");

    [Fact]
    public void A_public_path_is_public_however_an_upstream_normalises_it()
    {
        var policy = new RoutePolicy(_patterns);
        var metPublic = 0;

        Prop.ForAll(HostilePaths.Any, target =>
        {
            if (policy.Classify(RequestTarget.Parse(target), hasRawHeaders: true) is not PathClass.Public)
            {
                return;
            }

            metPublic++;
            var path = RequestTarget.Parse(target).Path;
            UpstreamNormalisers.All.Where(normalise => !_patterns.Matches(normalise.Value(path))).Select(normalise => normalise.Key).ShouldBeEmpty(path);
        }).Check(HostilePaths.Thorough);

        metPublic.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Without_raw_headers_no_path_is_public_that_was_not_so_with_them()
    {
        var policy = new RoutePolicy(_patterns);

        Prop.ForAll(HostilePaths.Any, text =>
        {
            var target = RequestTarget.Parse(text);
            return policy.Classify(target, hasRawHeaders: false) <= policy.Classify(target, hasRawHeaders: true);
        }).Check(HostilePaths.Thorough);
    }
}
