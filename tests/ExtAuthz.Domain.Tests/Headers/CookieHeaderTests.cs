using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Tests.Headers;

public sealed class CookieHeaderTests
{
    [Theory]
    [InlineData("a=1; b=2", "b", "2")]
    [InlineData("a=1;\tb=2 ; c=3", "b", "2")]
    [InlineData("a=\"x; b=2\"", "b", "2\"")]
    [InlineData("b=%e2%82%ac%3B", "b", "€;")]
    [InlineData("b=%; b=2", "b", "2")]
    [InlineData("b=2; b=%32", "b", "2")]
    [InlineData("b=%e2%82", "b", null)]
    [InlineData("b=%4", "b", null)]
    [InlineData("b=% 1", "b", null)]
    [InlineData("b=1; b=2", "b", null)]
    [InlineData("B=1; b =2; \u00a0b=3; b", "b", null)]
    public void A_cookie_is_read_by_its_exact_name(string header, string name, string? value) => new CookieHeader([header]).Value(name).ShouldBe(value);

    [Fact]
    public void Several_lines_are_one_header()
    {
        var cookies = new CookieHeader(["a=1", "", "b=2; c=3"]);

        cookies.Value("a").ShouldBe("1");
        cookies.Value("c").ShouldBe("3");
        cookies.Replace("b", "x").ShouldBe("a=1; ; b=x; c=3");
    }

    [Fact]
    public void A_header_at_its_limits_is_read_and_one_beyond_them_is_not()
    {
        new CookieHeader([new string(';', 298), "a=1"]).Value("a").ShouldBe("1");
        new CookieHeader([new string(';', 299), "a=1"]).Value("a").ShouldBeNull();
        new CookieHeader(["a=1;b=" + new string('x', CookieHeader.MaxLength - 6)]).Value("a").ShouldBe("1");
        new CookieHeader(["a=1;b=" + new string('x', CookieHeader.MaxLength - 5)]).Value("a").ShouldBeNull();
        new CookieHeader(["a=" + new string('x', 16 * 1024)]).Value("a").ShouldNotBeNull();
        new CookieHeader(["a=" + new string('x', (16 * 1024) + 1)]).Value("a").ShouldBeNull();
    }

    [Fact]
    public void Cookies_of_sign_ins_are_found_by_their_names()
    {
        const string header = "wos-auth-verifier-1=a; wos-auth-verifierX=b; wos-auth-verifier=c; x-wos-auth-verifier-2=d; wos-auth-verifier-é\u007f=f";

        new CookieHeader([header, "wos-auth-verifier-1=e"]).NamesWithPrefix(FlowCookie.LegacyName).Where(FlowCookie.IsFlowCookie)
            .ShouldBe(["wos-auth-verifier-1", "wos-auth-verifier"]);
    }

    [Theory]
    [InlineData("a=1; s=old; b= \"2\" ;c", "s", "new", "a=1; s=new; b= \"2\" ;c")]
    [InlineData("s=1;a=1;s=2; S =3; \u0085s=4", "s", "new", "s=new;a=1")]
    [InlineData("a=1", "s", "new", "a=1; s=new")]
    [InlineData("s=1; a=1", "s", null, "a=1")]
    [InlineData("a=1; s=1", "s", null, "a=1")]
    [InlineData("s=1; s=2", "s", null, null)]
    [InlineData("xs=1; s.4=2; s.a=3; s.00=4; s", "s", null, "xs=1; s.4=2; s.a=3; s.00=4; s")]
    [InlineData("a=1; s.0=old; S.1 =x; b=2; s.3=y", "s", "new", "a=1; s=new; b=2")]
    public void Replacing_a_cookie_leaves_the_others_byte_for_byte(string header, string name, string? value, string? expected) =>
        new CookieHeader([header]).Replace(name, value).ShouldBe(expected);

    [Fact]
    public void Walking_over_the_cookies_allocates_nothing()
    {
        IReadOnlyList<string> lines = ["a=1; b=2; c=3", "d=4"];
        static int Count(IReadOnlyList<string> lines)
        {
            var count = 0;
            foreach (var pair in new CookieHeader(lines))
            {
                count += pair.Name.Length;
            }

            return count;
        }

        Count(lines).ShouldBe(4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(lines);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
