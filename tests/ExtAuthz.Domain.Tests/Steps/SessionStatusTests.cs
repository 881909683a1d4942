using System.Text.Json;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>The endpoint at which a browser app reads who is signed in.</summary>
public sealed class SessionStatusTests
{
    private readonly World _world = new() { Site = World.DefaultSite with { SessionPath = "/.auth/session", SignInPath = "/sign-in" } };

    [Fact]
    public async Task A_signed_in_user_is_told_without_a_token()
    {
        var session = _world.NewSession() with { Impersonator = new Impersonator("operator@example.com", "a \"reason\"") };
        _world.Verifier.Verdicts[session.AccessToken] = new TokenVerdict.Accepted(new AccessTokenClaims
        {
            Subject = "user_1",
            SessionId = "session_1",
            OrganizationId = "org_1",
            Role = "admin",
            Roles = ["admin", "member"],
            Permissions = ["read"],
            Entitlements = ["audit"],
            FeatureFlags = ["beta"],
            ExpiresAt = _world.Clock.GetUtcNow() + TimeSpan.FromMinutes(5),
        });

        var denied = (await _world.CheckAsync(Requests.Of(ClientKind.Script, "/.auth/session", _world.CookieOf(session)))).ShouldDeny(DecisionReason.SessionTold, 200);

        denied.Header("content-type").ShouldBe("application/json");
        denied.Caching().ShouldBe("private");
        var json = JsonSerializer.Deserialize<JsonElement>(denied.Body);
        json.GetProperty("user").GetProperty("id").GetString().ShouldBe("user_1");
        json.GetProperty("organization_id").GetString().ShouldBe("org_1");
        json.GetProperty("role").GetString().ShouldBe("admin");
        json.GetProperty("roles").GetRawText().ShouldBe("""["admin","member"]""");
        json.GetProperty("permissions").GetRawText().ShouldBe("""["read"]""");
        json.GetProperty("entitlements").GetRawText().ShouldBe("""["audit"]""");
        json.GetProperty("feature_flags").GetRawText().ShouldBe("""["beta"]""");
        json.GetProperty("impersonator").GetProperty("email").GetString().ShouldBe("operator@example.com");
        json.GetProperty("impersonator").GetProperty("reason").GetString().ShouldBe("a \"reason\"");
        json.GetProperty("expires_at").GetDateTimeOffset().ShouldBe(_world.Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        denied.Body.ShouldNotContain(session.AccessToken.Value);
        denied.Body.ShouldNotContain(session.RefreshToken.Value);
    }

    [Fact]
    public async Task An_expired_session_is_renewed_first()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.NewSession());

        (await _world.CheckAsync(Requests.Of(ClientKind.Script, "/.auth/session", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.SessionTold, 200)
            .SetCookies().ShouldHaveSingleItem().ShouldStartWith("wos-session=Fe26.2");
    }

    [Theory]
    [InlineData(ClientKind.Script)]
    [InlineData(ClientKind.Document)]
    public async Task A_stranger_is_told_so_whatever_the_client(ClientKind kind)
    {
        var denied = (await _world.CheckAsync(Requests.Of(kind, "/.auth/session"))).ShouldDeny(DecisionReason.NotSignedIn, 401);

        denied.Body.ShouldBe("""{"error":"unauthenticated","reason":"not_signed_in","login_url":"https://app.example.com/sign-in"}""");
        denied.Caching().ShouldBe("no-store");
    }

    [Fact]
    public async Task An_outage_is_not_signed_out()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Transient("503", TimeSpan.FromSeconds(4));

        (await _world.CheckAsync(Requests.Of(ClientKind.Script, "/.auth/session", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.ProviderUnavailable, 503);
    }
}
