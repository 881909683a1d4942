using System.Text;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Routes;
using ExtAuthz.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace ExtAuthz.Server.Tests.Configuration;

public sealed class LoadingTests
{
    [Fact]
    public void Four_settings_are_enough_and_the_rest_is_safe()
    {
        var settings = Written.Site();

        settings.WorkOS.ShouldNotBeNull().BaseUrl.ShouldBe("https://api.workos.com");
        settings.WorkOS.ShouldNotBeNull().Issuers.Order(StringComparer.Ordinal).ShouldBe(["https://api.workos.com", "https://api.workos.com/", "https://api.workos.com/user_management/client_01TEST"]);
        settings.Site.PublicOrigin.ShouldBe("https://app.example.com");
        settings.Site.CallbackPath.ShouldBe("/callback");
        settings.Site.HandlesCallback.ShouldBeTrue();
        settings.Site.ProtectsRoutes.ShouldBeTrue();
        settings.Site.UnauthenticatedPaths.Matches("/").ShouldBeFalse();
        settings.Site.SignUpPathsHeader.ShouldBeNull();
        settings.Site.RefreshBuffer.ShouldBeNull();
        settings.ReplayWindow.ShouldBe(TimeSpan.FromSeconds(30));
        settings.RecordLife.Unacknowledged.ShouldBe(TimeSpan.FromMinutes(15));
        settings.Site.Cookie.ShouldBe(new SessionCookieSettings("wos-session", null, TimeSpan.FromDays(400), SameSite.Lax, Secure: true));
        settings.Site.IdentityHeaders.ShouldBe(new IdentityHeaderNames());
        SealingPassword(settings).ShouldBe("1");
        settings.Hosts.ShouldBeEmpty();
        Written.Settings().Grpc.EndPoint.ToString().ShouldBe("127.0.0.1:9001");
        Written.Settings().Grpc.Tls.ShouldBeNull();
    }

    [Fact]
    public void AuthKits_environment_works_unchanged()
    {
        var settings = Written.Site(
            "WORKOS_REDIRECT_URI=", "NEXT_PUBLIC_WORKOS_REDIRECT_URI=http://localhost:3000/cb", "WORKOS_COOKIE_NAME=my_sess", "WORKOS_COOKIE_MAX_AGE=600",
            "WORKOS_COOKIE_SAME_SITE=STRICT", "WORKOS_API_HOSTNAME=localhost", "WORKOS_API_PORT=4100", "WORKOS_API_HTTPS=false", "WORKOS_ISSUER=https://a.example, https://b.example");

        settings.WorkOS.ShouldNotBeNull().BaseUrl.ShouldBe("http://localhost:4100");
        settings.WorkOS.ShouldNotBeNull().RedirectUri.ShouldBe("http://localhost:3000/cb");
        settings.WorkOS.ShouldNotBeNull().Issuers.ShouldBe(["https://a.example", "https://b.example"]);
        settings.Site.PublicOrigin.ShouldBe("http://localhost:3000");
        settings.Site.Cookie.Name.ShouldBe("my_sess");
        settings.Site.Cookie.MaxAge.ShouldBe(TimeSpan.FromMinutes(10));
        settings.Site.Cookie.SameSite.ShouldBe(SameSite.Strict);
        settings.Site.Cookie.Secure.ShouldBeFalse();
    }

    [Fact]
    public void Without_Redis_there_is_none() => Written.Settings("ExtAuthz:Redis:Configuration=").Redis.ShouldBeNull();

    [Theory]
    [InlineData("", "", "Local")]
    [InlineData("", "30", "Local")]
    [InlineData("", "0", "Defer")]
    [InlineData("Defer", "30", "Defer")]
    [InlineData("Local", "0", "Local")]
    public void Without_Redis_a_token_is_sent_twice_only_where_that_is_harmless(string written, string replayWindow, string when)
    {
        var settings = Written.Settings("ExtAuthz:Redis:Configuration=redis:6379", $"ExtAuthz:Redis:WhenDown={written}", $"ExtAuthz:ReplayWindowSeconds={replayWindow}");

        settings.Redis.ShouldNotBeNull().WhenDownFor(settings.Sites.ShouldHaveSingleItem().ReplayWindow).ToString().ShouldBe(when);
    }

    [Fact]
    public void Without_a_port_for_them_there_are_no_events()
    {
        Written.Settings("ExtAuthz:Operations:EventsSecret=correct-horse").Operations.ShouldBeNull();
        var operations = Written.Settings("ExtAuthz:Operations:Port=9010", "ExtAuthz:Operations:EventsSecret=correct-horse").Operations.ShouldNotBeNull();
        operations.EndPoint.ToString().ShouldBe("127.0.0.1:9010");
        operations.ToString().ShouldNotContain("correct-horse");
    }

    [Fact]
    public void An_empty_AuthKit_name_is_not_set() => Written.Site("WORKOS_COOKIE_NAME=", "WORKOS_API_HTTPS=").Site.Cookie.Name.ShouldBe("wos-session");

    [Fact]
    public void The_section_wins_over_AuthKits_names_option_by_option()
    {
        var settings = Written.Site(
            "ExtAuthz:CookieName=section", "WORKOS_COOKIE_NAME=environment",
            "ExtAuthz:Issuer:0=https://section.example", "WORKOS_ISSUER=https://a.example,https://b.example",
            "ExtAuthz:CookiePassword:7=battery-staple-correct-horse-4242");

        settings.Site.Cookie.Name.ShouldBe("section");
        SealingPassword(settings).ShouldBe("7");
        settings.Passwords.Find("1"u8).ShouldBeNull();
        settings.WorkOS.ShouldNotBeNull().Issuers.ShouldBe(["https://section.example"]);
    }

    [Theory]
    [InlineData("WORKOS_COOKIE_PASSWORD=1:correct-horse-battery-staple-4242,2:battery-staple-correct-horse-4242")]
    [InlineData("ExtAuthz:CookiePassword=2:battery-staple-correct-horse-4242,1:correct-horse-battery-staple-4242")]
    public void Of_several_passwords_the_highest_seals(string line)
    {
        var settings = Written.Site(line);

        SealingPassword(settings).ShouldBe("2");
        settings.Passwords.Find("1"u8).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("ab:cdefghijklmnopqrstuvwxyz,0123456789")]
    [InlineData("💙💙💙💙💙💙💙💙💙💙💙💙💙💙💙💙")]
    public void A_single_password_may_hold_anything_and_counts_UTF16_units(string password) =>
        SealingPassword(Written.Site($"WORKOS_COOKIE_PASSWORD={password}")).ShouldBe("1");

    [Fact]
    public void A_settings_file_reads_as_it_is_written()
    {
        using var file = new MemoryStream("""
            {"ExtAuthz": {
              "ClientId": "client_1", "ApiKey": "sk_1", "RedirectUri": "https://app.example.com/callback", "CookieDomain": null,
              "CookiePassword": {"1": "correct-horse-battery-staple-4242", "12": "battery-staple-correct-horse-4242"},
              "MiddlewareAuth": {"unauthenticatedPaths": ["/", "/blog/*"]}, "SignUpPaths": [], "RefreshBufferSeconds": 0, "IdentityHeaders": {"Role": ""}
            }}
            """u8.ToArray());

        var settings = AuthkitConfiguration.Load(new ConfigurationBuilder().AddJsonStream(file).Build()).ShouldBeOfType<AuthkitConfiguration.Loaded>().Settings.Sites.ShouldHaveSingleItem();

        SealingPassword(settings).ShouldBe("12");
        settings.Site.UnauthenticatedPaths.Matches("/blog/post").ShouldBeTrue();
        settings.Site.SignUpPathsHeader.ShouldBeNull();
        settings.Site.RefreshBuffer.ShouldBe(TimeSpan.Zero);
        settings.Site.IdentityHeaders.Role.ShouldBeNull();
    }

    [Fact]
    public void Identity_headers_are_renamed_left_out_or_off()
    {
        var headers = Written.Site("ExtAuthz:IdentityHeaders:Email=X-Forwarded-Email", "ExtAuthz:IdentityHeaders:Role=").Site.IdentityHeaders;

        headers.Email.ShouldBe("x-forwarded-email");
        headers.Role.ShouldBeNull();
        Written.Site("ExtAuthz:IdentityHeaders:Enabled=false").Site.IdentityHeaders.UserId.ShouldBeNull();
    }

    [Theory]
    [InlineData("http://app.example.com/callback", "ExtAuthz:UnsafeAllowHttp=true")]
    [InlineData("http://127.0.0.1:8080/callback", "ExtAuthz:UnsafeAllowHttp=false")]
    [InlineData("http://[::1]:8080/callback", "ExtAuthz:UnsafeAllowHttp=false")]
    [InlineData("http://shop.localhost/callback", "ExtAuthz:UnsafeAllowHttp=false")]
    public void Http_is_for_this_machine_or_when_asked_for_by_its_unsafe_name(string redirectUri, string line) =>
        Written.Site($"ExtAuthz:RedirectUri={redirectUri}", line).Site.Cookie.Secure.ShouldBeFalse();

    [Fact]
    public void Every_path_may_be_public_when_asked_for_by_its_unsafe_name() =>
        Written.Site("ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:0=/**", "ExtAuthz:MiddlewareAuth:UnsafeAllowAllPaths=true")
            .Site.UnauthenticatedPaths.Matches("/any/path").ShouldBeTrue();

    [Theory]
    [InlineData("example.com")]
    [InlineData(".example.com")]
    [InlineData("APP.example.com")]
    public void A_cookie_domain_holds_the_sites_host_and_stays_as_written(string domain) =>
        Written.Site($"WORKOS_COOKIE_DOMAIN={domain}").Site.Cookie.Domain.ShouldBe(domain);

    [Fact]
    public void Sign_up_paths_are_told_to_upstreams_as_written()
    {
        var site = Written.Site("ExtAuthz:SignUpPaths:0=/signup", "ExtAuthz:SignUpPaths:1=/join/:team").Site;

        site.SignUpPaths.Matches("/join/us").ShouldBeTrue();
        site.SignUpPathsHeader.ShouldBe("/signup,/join/:team");
    }

    [Fact]
    public void Paths_can_want_a_recent_sign_in()
    {
        var policy = Written.Site("ExtAuthz:RecentAuthentication:0:Paths:0=/billing/**", "ExtAuthz:RecentAuthentication:0:MaxAgeSeconds=600").Site.RecentAuthentication;

        policy.MaxAgeOf(RequestTarget.Parse("/Billing/cards"), hasRawHeaders: true).ShouldBe(TimeSpan.FromMinutes(10));
        policy.MaxAgeOf(RequestTarget.Parse("/"), hasRawHeaders: true).ShouldBeNull();
    }

    [Fact]
    public void No_secret_shows_in_the_text_of_the_settings()
    {
        var text = Written.Site().ToString();

        text.ShouldNotContain(Written.ApiKey);
        text.ShouldNotContain(Written.Password);
    }

    private static string SealingPassword(SiteSettings settings) => Encoding.ASCII.GetString(settings.Passwords.Sealing.Id);
}
