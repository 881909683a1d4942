using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Headers;

public sealed class RequestUrlTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a?b=c&d", "/a?b=c&d")]
    [InlineData("/a?", "/a?")]
    [InlineData("/a?_rsc=1x2", "/a")]
    [InlineData("/a?b=1&_rsc=x&c=2", "/a?b=1&c=2")]
    [InlineData("/a?my_rsc=1", "/a?my_rsc=1")]
    [InlineData("/a?b=_rsc=1", "/a?b=_rsc=1")]
    [InlineData("/_rsc=1", "/_rsc=1")]
    [InlineData("/a%20b?c=%zz", "/a%20b?c=%zz")]
    [InlineData("/a b?é=\t", "/a%20b?%C3%A9=%09")]
    public void A_target_is_written_as_a_url_may_hold_it(string target, string expected) => RequestUrl.PathAndQuery(RequestTarget.Parse(target)).ShouldBe(expected);
}
