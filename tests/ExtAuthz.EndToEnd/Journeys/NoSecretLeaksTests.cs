using ExtAuthz.Demo;
using ExtAuthz.Demo.Providers;
using ExtAuthz.Demo.Tour;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.EndToEnd.FakeWorkOS;
using ExtAuthz.FakeWorkOS;
using ExtAuthz.FakeWorkOS.FaultInjection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExtAuthz.EndToEnd.Journeys;

/// <summary>Follows every secret of a visitor's story through all logs, at their most talkative, and through all answers.</summary>
public sealed class NoSecretLeaksTests
{
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal) { DemoSite.CookiePassword, new FakeWorkOSOptions().ApiKey };
    private readonly List<Reply> _replies = [];

    [Fact]
    public async Task Secrets_are_in_no_log_and_in_no_answer()
    {
        using var log = new CapturedLog();
        var clock = new TourClock();
        await using var demo = await Demonstration.StartAsync(
            ProviderKind.WorkOS,
            DemoPorts.AnyFree,
            clock,
            logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter("ExtAuthz", LogLevel.Trace),
            TestContext.Current.CancellationToken);
        using var visitor = new Visitor(demo.Origin, TestContext.Current.CancellationToken);
        var world = new TourWorld(demo, clock, visitor);

        await SignInAsync(world);
        await RefreshAsync(world);
        await FailAsync(world);
        await EndAsync(world);

        log.Text.ShouldContain("Session successfully refreshed");
        _secrets.Count.ShouldBeGreaterThan(10);
        foreach (var secret in _secrets)
        {
            log.Text.ShouldNotContain(secret);
            _replies.ShouldAllBe(reply => !reply.Body.Contains(secret));
        }
    }

    private async Task SignInAsync(TourWorld world)
    {
        var signIn = await OpenAsync(world, TourWorld.ProtectedPage);
        await FetchAsync(world);
        var callback = await world.Visitor.ReturnFromAsync(signIn.Target, world.Provider.Ada);
        var query = QueryHelpers.ParseQuery(callback.Query);
        var state = query["state"].ToString();
        _secrets.UnionWith([query["code"].ToString(), state, Codec(world).UnsealState(new SealedState(state)).ShouldNotBeNull().CodeVerifier]);
        (await OpenAsync(world, callback.AbsoluteUri)).NewSession.ShouldNotBeNull();
        (await OpenAsync(world, callback.AbsoluteUri)).Status.ShouldBe(307);
        (await OpenAsync(world, callback.AbsoluteUri + "x")).Status.ShouldBe(307);
        (await FetchAsync(world)).Status.ShouldBe(200);
    }

    private async Task RefreshAsync(TourWorld world)
    {
        await world.LetTokenExpireAsync();
        (await FetchAsync(world)).NewSession.ShouldNotBeNull();
        (await OpenAsync(world, TourWorld.ProtectedPage)).Status.ShouldBe(200);
    }

    private async Task FailAsync(TourWorld world)
    {
        Faults(world).Authenticate.Answer(new FaultAnswer.Unreadable());
        world.Clock.Advance(world.Provider.AccessTokenLifetime - TimeSpan.FromSeconds(20));
        (await FetchAsync(world)).Status.ShouldBe(200);
        Faults(world).Authenticate.Answer(new FaultAnswer.Status(401));
        await world.LetTokenExpireAsync();
        (await FetchAsync(world)).Status.ShouldBe(503);
    }

    private async Task EndAsync(TourWorld world)
    {
        Faults(world).Clear();
        using var other = new Visitor(world.Demonstration.Origin, TestContext.Current.CancellationToken);
        _replies.Add(await other.FetchAsync(TourWorld.ProtectedPage, ("cookie", $"wos-session={world.Visitor.Session}x"), ("authorization", "Bearer " + Planted("bearer"))));
        _replies.Add(await other.FetchAsync($"{TourWorld.ProtectedPage}?token={Planted("query")}", ("x-workos-session", Planted("header"))));
        world = world with { Visitor = other };
        await SignInAsync(world);
        Faults(world).Authenticate.Answer(new FaultAnswer.Status(400));
        await world.LetTokenExpireAsync();
        (await OpenAsync(world, TourWorld.ProtectedPage)).DeletesSession.ShouldBeTrue();
    }

    private string Planted(string where)
    {
        var secret = $"canary-of-the-{where}";
        _secrets.Add(secret);
        return secret;
    }

    private Task<Reply> OpenAsync(TourWorld world, string address) => KeepAsync(world, world.Visitor.OpenAsync(address));

    private Task<Reply> FetchAsync(TourWorld world) => KeepAsync(world, world.Visitor.FetchAsync(TourWorld.ProtectedPage));

    private async Task<Reply> KeepAsync(TourWorld world, Task<Reply> answer)
    {
        var reply = await answer;
        _replies.Add(reply);
        if (world.Visitor.Session is { } seal)
        {
            var session = Codec(world).Unseal(new SealedSession(seal)).ShouldNotBeNull();
            _secrets.UnionWith([seal, session.AccessToken.Value, session.RefreshToken.Value]);
        }

        return reply;
    }

    private static Faults Faults(TourWorld world) => ((FakeWorkOSProvider)world.Provider).Faults;

    private static ISessionCodec Codec(TourWorld world) => world.Demonstration.Service.GetRequiredService<ISessionCodec>();
}
