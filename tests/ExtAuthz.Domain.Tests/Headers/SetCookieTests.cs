using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Tests.Headers;

public sealed class SetCookieTests
{
    private static readonly SessionCookieSettings Settings = new("s", "example.com", TimeSpan.FromDays(1), SameSite.Strict, Secure: true);

    [Fact]
    public void The_cookie_of_a_sign_in_is_deleted_with_the_attributes_it_was_set_with() =>
        SetCookie.ExpiredFlow(Settings, "wos-auth-verifier-1").ShouldBe("wos-auth-verifier-1=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Domain=example.com; Secure");

    [Theory]
    [InlineData("a;b")]
    [InlineData("a\r\nb")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a\"b")]
    [InlineData("a\u007fb")]
    [InlineData("aéb")]
    public void Nothing_that_could_end_the_value_is_written(string text)
    {
        Should.Throw<ArgumentException>(() => SetCookie.Session(Settings, new SealedSession(text)));
        Should.Throw<ArgumentException>(() => SetCookie.ExpiredSession(Settings with { Name = text }));
        Should.Throw<ArgumentException>(() => SetCookie.ExpiredSession(Settings with { Domain = text }));
        Should.Throw<ArgumentException>(() => SetCookie.ExpiredFlow(Settings, $"a={text}"));
    }
}
