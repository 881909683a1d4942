using System.Security.Cryptography;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.OpenIdConnect;

namespace ExtAuthz.Server.Tests.Configuration;

public sealed class OpenIdConnectConfigurationTests
{
    private const string Prefix = "ExtAuthz:OpenIdConnect:";

    private static Dictionary<string, string?> Smallest => new(StringComparer.OrdinalIgnoreCase)
    {
        ["ExtAuthz:Provider"] = "OpenIdConnect",
        ["ExtAuthz:CookiePassword"] = Written.Password,
        ["ExtAuthz:RedirectUri"] = "https://app.example.com/callback",
        [Prefix + "Issuer"] = "https://idp.example.com/tenant",
        [Prefix + "ClientId"] = "app",
        [Prefix + "ClientSecret"] = "secret",
        [Prefix + "Audience"] = "https://api.example.com",
    };

    [Fact]
    public void The_smallest_configuration_needs_nothing_of_WorkOS()
    {
        var settings = Load([]).ShouldBeOfType<AuthkitConfiguration.Loaded>().Settings.Sites.ShouldHaveSingleItem();

        settings.WorkOS.ShouldBeNull();
        var provider = settings.OpenIdConnect.ShouldNotBeNull();
        provider.Scope.ShouldBe("openid profile email offline_access");
        provider.AudienceParameter.ShouldBe("resource");
        settings.ReplayWindow.ShouldBe(TimeSpan.Zero);
        provider.ToString().ShouldContain("[client secret]");
    }

    [Fact]
    public void Without_it_WorkOS_needs_nothing_of_OpenID_Connect()
    {
        var settings = Written.Site("ExtAuthz:OpenIdConnect:BackChannelLogoutPath=/callback");

        settings.OpenIdConnect.ShouldBeNull();
        (settings.Site.BackChannelLogoutPath, settings.Site.FrontChannelLogoutPath, settings.Site.Issuer).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData(null, "/.auth/backchannel-logout")]
    [InlineData("", null)]
    [InlineData("/bye", "/bye")]
    public void The_provider_may_end_sessions_unless_that_is_switched_off(string? written, string? path)
    {
        var lines = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (written is not null)
        {
            lines[Prefix + "BackChannelLogoutPath"] = written;
        }

        var site = Load(lines).ShouldBeOfType<AuthkitConfiguration.Loaded>().Settings.Sites.ShouldHaveSingleItem().Site;

        site.BackChannelLogoutPath.ShouldBe(path);
        site.Issuer.ShouldBe("https://idp.example.com/tenant");
        site.ReturnPathOf(path ?? "/").Value.ShouldBe("/");
    }

    [Theory]
    [InlineData("Issuer", "", "missing")]
    [InlineData("Issuer", "idp.example.com", "not an absolute")]
    [InlineData("Issuer", "http://idp.example.com", "It is http")]
    [InlineData("Issuer", "https://idp.example.com?tenant=1", "query")]
    [InlineData("ClientId", "", "missing")]
    [InlineData("ClientSecret", "", "missing")]
    [InlineData("Audience", "", "missing")]
    [InlineData("Scopes", "profile email", "openid is not among them")]
    [InlineData("AllowedHosts:0", "https://keys.example.com/", "not a host name")]
    [InlineData("BackChannelLogoutPath", "/callback", "start page, the callback or another")]
    [InlineData("BackChannelLogoutPath", "/.auth/session", "another of our endpoints")]
    [InlineData("FrontChannelLogoutPath", "/.auth/backchannel-logout", "another of our endpoints")]
    [InlineData("FrontChannelLogoutPath", "https://evil.example/", "not a path of this site")]
    [InlineData("ClientAuthentication", "none", "not one of ClientSecretBasic")]
    [InlineData("ClientAuthentication", "PrivateKeyJwt", "no such file", "ClientKeyPath")]
    public void Each_rule_refuses_to_start_and_names_the_setting(string option, string value, string problem, string? named = null)
    {
        var fault = Load(new() { [Prefix + option] = value }).ShouldBeOfType<AuthkitConfiguration.Refused>().Faults.ShouldHaveSingleItem();

        fault.Setting.ShouldBe(Prefix + (named ?? option));
        fault.Problem.ShouldContain(problem);
    }

    [Fact]
    public void Cleartext_to_another_machine_is_refused_even_where_it_is_allowed_elsewhere() =>
        Load(new() { ["ExtAuthz:UnsafeAllowHttp"] = "true", [Prefix + "Issuer"] = "http://idp.example.com" })
            .ShouldBeOfType<AuthkitConfiguration.Refused>().Faults.ShouldHaveSingleItem().Problem.ShouldContain("another machine");

    [Fact]
    public void A_key_file_must_hold_a_private_key_that_can_sign()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var weak = RSA.Create(1024);
        KeyIn(curve.ExportPkcs8PrivateKeyPem()).ShouldBeOfType<AuthkitConfiguration.Loaded>().Settings.Sites[0].OpenIdConnect!.ClientKey.ShouldNotBeNull();
        KeyIn(curve.ExportSubjectPublicKeyInfoPem()).ShouldBeOfType<AuthkitConfiguration.Refused>().Faults.ShouldHaveSingleItem().Setting.ShouldBe(Prefix + "ClientKeyPath");
        KeyIn(weak.ExportPkcs8PrivateKeyPem()).ShouldBeOfType<AuthkitConfiguration.Refused>();
        KeyIn("no key").ShouldBeOfType<AuthkitConfiguration.Refused>();
    }

    private static AuthkitConfiguration KeyIn(string pem)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, pem);
            return Load(new() { [Prefix + "ClientAuthentication"] = nameof(ClientAuthentication.PrivateKeyJwt), [Prefix + "ClientKeyPath"] = path });
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static AuthkitConfiguration Load(Dictionary<string, string?> lines)
    {
        var written = Smallest;
        foreach (var (name, value) in lines)
        {
            written[name] = value;
        }

        return Written.Load(written);
    }
}
