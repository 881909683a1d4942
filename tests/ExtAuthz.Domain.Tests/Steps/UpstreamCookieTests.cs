using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>What the upstream sees of the session cookie, and of the session in <c>x-workos-session</c>.</summary>
public sealed class UpstreamCookieTests
{
    public static MatrixTheoryData<ForwardSession, string> WithheldAndStates => new(
        [ForwardSession.None, ForwardSession.SealedWithoutRefreshToken],
        ["fresh", "renewed", "outage", "ended", "unreadable", "ambiguous"]);

    [Theory, MemberData(nameof(WithheldAndStates))]
    public async Task A_withheld_session_reaches_the_upstream_in_no_cookie_whatever_its_state(ForwardSession forward, string state)
    {
        var world = WorldThatForwards(forward);
        world.Provider.AnswerRefresh = _ => state switch
        {
            "renewed" => new RefreshOutcome.Refreshed(world.NewSession()),
            "ended" => new RefreshOutcome.Ended("invalid_grant"),
            _ => new RefreshOutcome.Transient("503", TimeSpan.FromSeconds(1)),
        };
        var cookie = state switch
        {
            "fresh" => world.CookieOf(world.NewSession()),
            "unreadable" => "wos-session=foreign",
            "ambiguous" => $"{world.CookieOf(world.NewSession())}; {world.CookieOf(world.NewSession("user_2", "session_2"))}",
            _ => world.CookieOf(world.Expired()),
        };

        var upstream = (await world.CheckAsync(Requests.Document("/about", "a=1", cookie, "b=2; WOS-Session=x"))).ShouldBeOfType<CheckDecision.Allowed>().UpstreamHeaders;

        upstream.Sets("cookie").ShouldBe("a=1; b=2");
    }

    [Fact]
    public async Task When_no_other_cookie_is_left_the_header_goes()
    {
        var world = WorldThatForwards(ForwardSession.None);

        var upstream = (await world.CheckAsync(Requests.Document("/about", world.CookieOf(world.NewSession())))).ShouldAllow(DecisionReason.SignedIn).UpstreamHeaders;

        upstream.ShouldRemove("cookie");
        upstream.Sets("cookie").ShouldBeNull();
    }

    [Fact]
    public async Task A_request_without_cookies_keeps_being_one()
    {
        var world = WorldThatForwards(ForwardSession.None);

        var upstream = (await world.CheckAsync(Requests.Document("/about"))).ShouldAllow(DecisionReason.Public).UpstreamHeaders;

        upstream.Remove.ShouldNotContain(name => name == "cookie");
        upstream.Sets("cookie").ShouldBeNull();
    }

    [Fact]
    public async Task Without_its_refresh_token_the_upstream_reads_a_session_that_is_no_cookie_of_ours()
    {
        var world = WorldThatForwards(ForwardSession.SealedWithoutRefreshToken);
        var session = world.NewSession();

        var upstream = (await world.CheckAsync(Requests.Document("/about", world.CookieOf(session)))).ShouldAllow(DecisionReason.SignedIn).UpstreamHeaders;

        var forwarded = upstream.Sets("x-workos-session").ShouldNotBeNull();
        world.Codec.ForUpstreams[forwarded].ShouldBe(session);
        world.Codec.Unseal(new SealedSession(forwarded)).ShouldBeNull();
    }

    [Fact]
    public async Task With_no_forwarding_the_header_is_removed_and_the_identity_stays()
    {
        var world = WorldThatForwards(ForwardSession.None);

        var upstream = (await world.CheckAsync(Requests.Document("/about", world.CookieOf(world.NewSession())))).ShouldAllow(DecisionReason.SignedIn).UpstreamHeaders;

        upstream.ShouldRemove("x-workos-session");
        upstream.Sets("x-auth-user-id").ShouldBe("user_1");
    }

    [Fact]
    public async Task After_a_refresh_every_spelling_of_the_cookie_is_the_new_session()
    {
        var world = new World();
        world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(world.NewSession());

        var upstream = (await world.CheckAsync(Requests.Document("/about", $"a=\"1;2\"; Wos-Session=x; {world.CookieOf(world.Expired())}", "wos-session =y"))).ShouldAllow(DecisionReason.SignedIn).UpstreamHeaders;

        upstream.Sets("cookie").ShouldBe($"a=\"1;2\"; wos-session={upstream.Sets("x-workos-session")}");
    }

    private static World WorldThatForwards(ForwardSession forward) => new() { Site = World.DefaultSite with { ForwardSession = forward } };
}
