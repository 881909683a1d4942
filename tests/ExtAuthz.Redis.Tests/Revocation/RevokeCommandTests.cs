using ExtAuthz.Redis.Tests.Servers;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>What the operator's command says when it can not do what is asked.</summary>
public sealed class RevokeCommandTests
{
    private static readonly KeyValuePair<string, string?> Nowhere = new("ExtAuthz:Redis:Configuration", $"127.0.0.1:{StoreServer.FreePort()},connectTimeout=1000");

    private static readonly KeyValuePair<string, string?>[] TwoSites =
    [
        Nowhere,
        new("WORKOS_REDIRECT_URI", ""),
        new("ExtAuthz:Sites:app:RedirectUri", "https://app.example.com/callback"),
        new("ExtAuthz:Sites:admin:RedirectUri", "https://admin.example.com/callback"),
        new("ExtAuthz:Sites:admin:CookieName", "admin-session"),
    ];

    [Fact]
    public async Task Without_Redis_nobody_can_be_told()
    {
        var result = await RevokeProcess.RunAsync([], "--sid", "session_1");

        result.ExitCode.ShouldBe(78);
        result.Output.ShouldContain("ExtAuthz:Redis:Configuration is missing");
    }

    [Fact]
    public async Task A_faulty_configuration_is_told_like_at_the_start_of_the_service()
    {
        var result = await RevokeProcess.RunAsync([new("WORKOS_COOKIE_PASSWORD", "short")], "--sid", "session_1");

        result.ExitCode.ShouldBe(78);
        result.Output.ShouldContain("1. ExtAuthz:CookiePassword:1 (WORKOS_COOKIE_PASSWORD)");
    }

    [Fact]
    public async Task A_Redis_that_does_not_answer_is_told()
    {
        var result = await RevokeProcess.RunAsync([Nowhere], "--user", "user_1");

        result.ExitCode.ShouldBe(69);
        result.Output.Trim().ShouldBe("Redis is unavailable: nothing was revoked.");
    }

    [Theory]
    [InlineData]
    [InlineData("--sid", "")]
    [InlineData("--sid", "session_1", "--user", "user_1")]
    [InlineData("session_1")]
    public async Task One_session_or_one_user_must_be_named(params string[] arguments) => (await RevokeProcess.RunAsync([Nowhere], arguments)).ExitCode.ShouldBe(64);

    [Theory]
    [InlineData]
    [InlineData("--site", "other.example.com")]
    public async Task Of_several_sites_one_must_be_named(params string[] arguments)
    {
        var result = await RevokeProcess.RunAsync(TwoSites, ["--sid", "session_1", .. arguments]);

        result.ExitCode.ShouldBe(64);
        result.Output.ShouldContain("--site admin.example.com, --site app.example.com");
    }

    [Fact]
    public async Task A_site_that_is_named_is_found() => (await RevokeProcess.RunAsync(TwoSites, "--sid", "session_1", "--site", "Admin.example.com")).ExitCode.ShouldBe(69);
}
