using System.Text;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Tests.Headers;

public sealed class KnownHeadersTests
{
    [Fact]
    public void Every_known_header_is_found_by_its_name()
    {
        Enum.GetValues<KnownHeader>().Length.ShouldBe(KnownHeaders.Count);
        foreach (var header in Enum.GetValues<KnownHeader>())
        {
            var name = ReasonCode.Of(header).Replace('_', '-');
            KnownHeaders.TryFind(Encoding.ASCII.GetBytes(name), out var found).ShouldBeTrue(name);
            found.ShouldBe(header);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("cookies")]
    [InlineData("coolie")]
    [InlineData("set-cookie")]
    [InlineData("x_request_id")]
    public void Another_name_is_not_found(string name) => KnownHeaders.TryFind(Encoding.ASCII.GetBytes(name), out _).ShouldBeFalse();

    [Fact]
    public void Repeated_headers_are_one_and_cookie_lines_stay_apart()
    {
        var headers = new RequestHeaders();
        headers.Add(KnownHeader.Accept, "a");
        headers.Add(KnownHeader.Accept, "b");
        headers.Add(KnownHeader.Cookie, "c=1");
        headers.Add(KnownHeader.Cookie, "d=2");

        headers[KnownHeader.Accept].ShouldBe("a,b");
        headers.CookieLines.ShouldBe(["c=1", "d=2"]);
        headers.Has(KnownHeader.Cookie).ShouldBeTrue();
        headers.Has(KnownHeader.Purpose).ShouldBeFalse();
    }
}
