using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Tests.WorkOS;

public sealed class WorkOSHttpTests
{
    [Fact]
    public void Connections_follow_no_redirect_keep_no_cookie_and_unpack_nothing()
    {
        using var handler = WorkOSHttp.CreateHandler();

        handler.AllowAutoRedirect.ShouldBeFalse();
        handler.UseCookies.ShouldBeFalse();
        handler.AutomaticDecompression.ShouldBe(System.Net.DecompressionMethods.None);
        handler.ConnectTimeout.ShouldBe(TimeSpan.FromSeconds(2));
        handler.PooledConnectionLifetime.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_logout_url_is_form_encoded() =>
        WorkOSUrls.Logout("https://API.workos.com:443", "session_1", "https://a.example/~b*(c)'d!é")
            .ShouldBe("https://api.workos.com/user_management/sessions/logout?session_id=session_1&return_to=https%3A%2F%2Fa.example%2F%7Eb*%28c%29%27d%21%C3%A9");

    [Fact]
    public void An_api_key_does_not_print() => new ApiKey("sk_test_key").ToString().ShouldBe("[api key]");
}
