using ExtAuthz.Server.Configuration;

namespace ExtAuthz.Server.Tests.Configuration;

/// <summary>Several sites in one configuration.</summary>
public sealed class SitesTests
{
    private const string App = "ExtAuthz:Sites:app:RedirectUri=https://app.example.com/callback";
    private const string Admin = "ExtAuthz:Sites:admin:RedirectUri=https://admin.example.com/callback";
    private const string OtherPassword = "battery-staple-correct-horse-4242";

    [Fact]
    public void Each_site_has_what_is_common_and_what_is_its_own()
    {
        var sites = Sites(
            App, Admin, "ExtAuthz:CookieName=session", "ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:0=/about", "ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:1=/help",
            "ExtAuthz:Sites:admin:CookieName=admin-session", "ExtAuthz:Sites:admin:MiddlewareAuth:UnauthenticatedPaths:0=/status", $"ExtAuthz:Sites:admin:CookiePassword=2:{OtherPassword}");

        var (admin, app) = (sites[0], sites[1]); // the framework orders sections by name
        app.Site.Cookie.Name.ShouldBe("session");
        app.Hosts.ShouldBe(["app.example.com"]);
        app.Site.UnauthenticatedPaths.Matches("/help").ShouldBeTrue();
        admin.Site.Cookie.Name.ShouldBe("admin-session");
        admin.Hosts.ShouldBe(["admin.example.com"]);
        admin.Site.UnauthenticatedPaths.Matches("/status").ShouldBeTrue();
        admin.Site.UnauthenticatedPaths.Matches("/help").ShouldBeFalse("lists are not mixed");
        admin.Passwords.Find("1"u8).ShouldBeNull("passwords are not mixed");
        admin.WorkOS.ShouldNotBeNull().ClientId.ShouldBe("client_01TEST");
    }

    [Fact]
    public void Each_site_may_have_a_provider_of_its_own()
    {
        var sites = Sites(
            App, Admin, "ExtAuthz:Sites:admin:Provider=OpenIdConnect", "ExtAuthz:Sites:admin:OpenIdConnect:Issuer=https://login.example.com",
            "ExtAuthz:Sites:admin:OpenIdConnect:ClientId=admin", "ExtAuthz:Sites:admin:OpenIdConnect:ClientSecret=secret", "ExtAuthz:Sites:admin:OpenIdConnect:Audience=https://admin.example.com");

        sites.Select(site => (site.WorkOS is not null, site.OpenIdConnect is not null)).ShouldBe([(false, true), (true, false)]);
    }

    [Fact]
    public void A_site_may_answer_for_further_hosts()
    {
        Sites(App, Admin, "ExtAuthz:Sites:app:Hosts:0=api.example.com")[1].Hosts.ShouldBe(["app.example.com", "api.example.com"]);
        Written.Site("ExtAuthz:Hosts:0=api.example.com:8443").Hosts.ShouldBe(["app.example.com", "api.example.com:8443"]);
    }

    [Theory]
    [InlineData("ExtAuthz:Sites:admin:CookieName=a=b", "ExtAuthz:Sites:admin:CookieName", "not a cookie name")]
    [InlineData("ExtAuthz:CookieName=a=b", "ExtAuthz:CookieName (WORKOS_COOKIE_NAME)", "not a cookie name")]
    [InlineData("ExtAuthz:Sites:admin:CookiePassword=short", "ExtAuthz:Sites:admin:CookiePassword:1", "at least 32 characters")]
    [InlineData("ExtAuthz:Sites:admin:CookiePassword=1:correct-horse-battery-staple-4242,y", "ExtAuthz:Sites:admin:CookiePassword", "not id:secret")]
    [InlineData("ExtAuthz:Sites:admin:Bogus=1", "ExtAuthz:Sites:admin:Bogus", "no such setting")]
    [InlineData("ExtAuthz:Bogus=1", "ExtAuthz:Bogus", "no such setting")]
    [InlineData("ExtAuthz:Sites:admin:Grpc:Port=9002", "ExtAuthz:Sites:admin:Grpc:Port", "whole service")]
    [InlineData("ExtAuthz:Sites:admin:Operations:Port=9010", "ExtAuthz:Sites:admin:Operations:Port", "whole service")]
    [InlineData("ExtAuthz:Sites:admin:Debug=true", "ExtAuthz:Sites:admin:Debug", "whole service")]
    [InlineData("ExtAuthz:Sites:admin:Sites:x:CookieName=y", "ExtAuthz:Sites:admin:Sites:x:CookieName", "whole service")]
    [InlineData("ExtAuthz:Sites:third:CookieName=x", "ExtAuthz:Sites:third:RedirectUri", "You must provide a redirect URI")]
    [InlineData("ExtAuthz:Sites:admin:Hosts:0=https://api.example.com", "ExtAuthz:Sites:admin:Hosts:0", "is not a host")]
    [InlineData("ExtAuthz:Sites:app:Hosts:0=ADMIN.example.com", "ExtAuthz:Sites:app:RedirectUri", "Site admin answers for ADMIN.example.com already.")]
    [InlineData("ExtAuthz:Sites:third:PublicOrigin=https://third.example.com&ExtAuthz:Sites:third:RedirectUri=https://app.example.com/callback", "ExtAuthz:Sites:third:RedirectUri", "callback of site app")]
    [InlineData("ExtAuthz:CookieDomain=example.com&ExtAuthz:Sites:admin:CookiePassword=battery-staple-correct-horse-4242", "ExtAuthz:Sites:app:CookieName", "Site admin gets this cookie too")]
    [InlineData("ExtAuthz:Sites:app:CookieDomain=example.com&ExtAuthz:Sites:admin:ClientId=client_2", "ExtAuthz:Sites:app:CookieName", "Site admin gets this cookie too")]
    public void A_fault_is_told_where_it_was_written_and_once(string lines, string setting, string problem)
    {
        var fault = Written.Load(WithoutRedirectUri([App, Admin, .. lines.Split('&')])).ShouldBeOfType<AuthkitConfiguration.Refused>().Faults.ShouldHaveSingleItem();

        fault.Setting.ShouldStartWith(setting);
        fault.Problem.ShouldContain(problem);
    }

    [Fact]
    public void Sites_with_the_same_users_may_share_a_cookie() => Sites(App, Admin, "ExtAuthz:CookieDomain=example.com").Length.ShouldBe(2);

    private static System.Collections.Immutable.ImmutableArray<SiteSettings> Sites(params string[] lines) =>
        Written.Load(WithoutRedirectUri(lines)).ShouldBeOfType<AuthkitConfiguration.Loaded>().Settings.Sites;

    private static Dictionary<string, string?> WithoutRedirectUri(string[] lines)
    {
        var written = Written.Smallest;
        written.Remove("WORKOS_REDIRECT_URI");
        foreach (var line in lines)
        {
            written[line.Split('=')[0]] = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        return written;
    }
}
