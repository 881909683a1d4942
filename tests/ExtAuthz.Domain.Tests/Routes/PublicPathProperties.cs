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
        var policy = new RoutePolicy(_patterns, rawHeaders: true);
        var metPublic = 0;

        Prop.ForAll(HostilePaths.Any, target =>
        {
            if (policy.Classify(new RequestTarget(target)) is not PathClass.Public)
            {
                return;
            }

            metPublic++;
            var path = new RequestTarget(target).Path.ToString();
            UpstreamNormalisers.All.Where(normalise => !_patterns.Matches(normalise.Value(path))).Select(normalise => normalise.Key).ShouldBeEmpty(path);
        }).Check(HostilePaths.Thorough);

        metPublic.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Without_raw_headers_no_path_is_public_that_was_not_so_with_them()
    {
        var strict = new RoutePolicy(_patterns, rawHeaders: false);
        var raw = new RoutePolicy(_patterns, rawHeaders: true);

        Prop.ForAll(HostilePaths.Any, target =>
            strict.Classify(new RequestTarget(target)) <= raw.Classify(new RequestTarget(target))).Check(HostilePaths.Thorough);
    }
}
