using System.Collections.Immutable;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;
using FsCheck.Fluent;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>A session over 4 KB on its way through a browser.</summary>
public sealed class ChunkedSessionTests
{
    private readonly World _world = new();
    private readonly BrowserJar _jar = new();

    [Fact]
    public async Task Whatever_sizes_a_session_has_one_after_the_other_the_browser_keeps_exactly_the_last() => await Task.WhenAll(
        Gen.OneOf(Gen.Choose(20, 6900), Gen.Choose(4020, 4032)).ListOf(6).Sample(60).Select(async sizes =>
        {
            var (world, jar) = (new World(), new BrowserJar());
            jar.Keep($"{World.Cookie}={Seal(world, world.Expired(), 100).Value}", "other=1");
            foreach (var size in sizes)
            {
                var renewed = world.NewSession(life: TimeSpan.FromSeconds(61));
                world.Codec.Length = _ => size;
                world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(renewed);

                var answer = (await world.CheckAsync(Requests.Document("/dashboard", jar.Header))).ShouldAllow(DecisionReason.SignedIn);
                jar.Keep(answer.SetCookies());
                jar.Names.ShouldBe(size <= 4026 ? ["other", "wos-session"] : ["other", "wos-session.0", "wos-session.1"], $"{size}");

                var unseals = world.Codec.Unseals;
                var next = (await world.CheckAsync(Requests.Document("/dashboard", jar.Header))).ShouldAllow(DecisionReason.SignedIn);
                next.SetCookies().ShouldBeEmpty();
                next.UpstreamHeaders.Sets("x-workos-session")!.Length.ShouldBe(size);
                world.Codec.Unseals.ShouldBe(unseals, "the chunks together are a session that is remembered");
                world.Clock.Advance(TimeSpan.FromSeconds(62));
            }

            jar.LongestSeen.ShouldBeLessThanOrEqualTo(4096);
        }));

    [Theory]
    [InlineData(15_000, "wos-session.0, wos-session.1, wos-session.2, wos-session.3")]
    [InlineData(9_000, "wos-session.0, wos-session.1, wos-session.2")]
    [InlineData(5_000, "wos-session.0, wos-session.1")]
    [InlineData(500, "wos-session")]
    public async Task A_session_that_shrinks_takes_its_old_chunks_with_it_and_one_that_grows_its_old_cookie(int size, string names)
    {
        _jar.Keep([$"wos-session={Seal(_world, _world.Expired(), 100).Value}", .. "0123".Select(index => $"wos-session.{index}=old")]);
        _world.Codec.Length = _ => size;
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.NewSession());

        _jar.Keep((await _world.CheckAsync(Requests.Document("/dashboard", _jar.Header))).ShouldAllow(DecisionReason.SignedIn).SetCookies());

        string.Join(", ", _jar.Names).ShouldBe(names);
        (await _world.CheckAsync(Requests.Document("/dashboard", _jar.Header))).ShouldAllow(DecisionReason.SignedIn);
    }

    [Fact]
    public async Task An_ended_session_takes_its_chunks_with_it()
    {
        _jar.Keep(Chunks(_world, _world.Expired()));
        _jar.Names.Count().ShouldBe(2);
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Ended("invalid_grant");

        var denied = (await _world.CheckAsync(Requests.Of(ClientKind.Script, "/dashboard", _jar.Header))).ShouldDeny(DecisionReason.SessionEnded, 401);

        _jar.Keep(denied.SetCookies());
        _jar.Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task Chunks_that_contradict_each_other_go_in_both_spellings()
    {
        var world = new World { Site = World.DefaultSite with { Cookie = World.DefaultSite.Cookie with { Domain = "example.com" } } };

        var denied = (await world.CheckAsync(Requests.Of(ClientKind.Script, "/dashboard", "wos-session.0=a; wos-session.0=b"))).ShouldDeny(DecisionReason.SessionEnded, 401);

        denied.SetCookies().Select(line => (line.Split('=')[0], line.Contains("Domain=", StringComparison.Ordinal))).ShouldBe(
            [("wos-session", true), ("wos-session.0", true), ("wos-session", false), ("wos-session.0", false)]);
    }

    [Fact]
    public async Task The_upstream_sees_one_whole_cookie()
    {
        var session = _world.NewSession();
        _jar.Keep(["a=1", .. Chunks(_world, session), "z=2"]);

        var upstream = (await _world.CheckAsync(Requests.Document("/about", _jar.Header, "WOS-Session.3=x"))).ShouldAllow(DecisionReason.SignedIn).UpstreamHeaders;

        upstream.Sets("cookie").ShouldBe($"a=1; wos-session={upstream.Sets("x-workos-session")}; z=2");
    }

    [Fact]
    public async Task A_withheld_session_reaches_the_upstream_in_no_chunk()
    {
        var world = new World { Site = World.DefaultSite with { ForwardSession = ForwardSession.None } };
        _jar.Keep(["a=1", .. Chunks(world, world.NewSession()), "z=2"]);

        (await world.CheckAsync(Requests.Document("/about", _jar.Header))).ShouldAllow(DecisionReason.SignedIn).UpstreamHeaders.Sets("cookie").ShouldBe("a=1; z=2");
    }

    [Fact]
    public async Task A_session_that_no_cookies_hold_ends_the_sign_in_on_a_page_and_not_in_a_loop()
    {
        _world.Provider.AnswerCode = _ => new CodeExchange.SignedIn(_world.NewSession());
        var start = await _world.CheckAsync(Requests.Document("/dashboard"));
        _jar.Keep(start.SetCookies());
        _world.Codec.Length = _ => 20_000;

        var denied = (await _world.CheckAsync(Requests.Document($"/callback?code=c&state={_world.Provider.SignIns.Single().State.Value}", _jar.Header))).ShouldDeny(DecisionReason.SignInFailed, 400);

        denied.Body.ShouldContain("session_too_large");
        denied.Events.ShouldBe([new SessionEvent.TooLarge(20_000), new SessionEvent.CallbackFailed("session too large")]);
        _jar.Keep(denied.SetCookies());
        _jar.Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_that_outgrows_all_cookies_in_a_refresh_is_used_and_the_browser_keeps_what_it_has()
    {
        _jar.Keep($"wos-session={Seal(_world, _world.Expired(), 100).Value}");
        _world.Codec.Length = _ => 20_000;
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(_world.NewSession());

        for (var request = 0; request < 2; request++)
        {
            var allowed = (await _world.CheckAsync(Requests.Document("/dashboard", _jar.Header))).ShouldAllow(DecisionReason.SignedIn);
            allowed.SetCookies().ShouldBeEmpty();
            allowed.Events.ShouldContain(new SessionEvent.TooLarge(20_000));
        }

        _world.Provider.Refreshes.ShouldBe(1);
    }

    private static ImmutableArray<string> Chunks(World world, Session session)
    {
        world.Codec.Length = _ => 5000;
        return new SessionCookies(world.Site).Set(Requests.Document("/"), world.Codec.Seal(session));
    }

    private static SealedSession Seal(World world, Session session, int length)
    {
        world.Codec.Length = _ => length;
        return world.Codec.Seal(session);
    }
}
