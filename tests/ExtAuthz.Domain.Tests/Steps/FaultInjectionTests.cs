using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Threat 48 of the threat model: whatever throws, wherever, nobody is let in by it.</summary>
public sealed class FaultInjectionTests
{
    public static MatrixTheoryData<string, string> Stories => new(["anonymous", "fresh", "expired", "ambiguous", "callback"], ["/dashboard", "/about"]);

    [Theory, MemberData(nameof(Stories))]
    public async Task A_fault_at_any_call_to_the_outside_never_allows(string story, string path)
    {
        var clean = new Faults(failAt: int.MaxValue);
        await CheckAsync(clean, story, path);

        for (var failAt = 1; failAt <= clean.Calls; failAt++)
        {
            var faults = new Faults(failAt);

            await Should.ThrowAsync<InjectedFaultException>(() => CheckAsync(faults, story, path), $"call {failAt}");
        }

        clean.Calls.ShouldBeGreaterThanOrEqualTo(story switch { "anonymous" => path is "/about" ? 0 : 2, "fresh" => 3, _ => 2 });
    }

    private static async Task<CheckDecision> CheckAsync(Faults faults, string story, string path)
    {
        var world = new World { VerifierSeen = faults.In, CodecSeen = faults.In, ProviderSeen = faults.In };
        world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(world.NewSession());
        world.Provider.AnswerCode = _ => new CodeExchange.SignedIn(world.NewSession());
        world.Coordinator = new RefreshCoordinator(new InProcessRefreshRecords(world.RecordLife, world.Clock), new RefreshExchange(faults.In(world.Provider), world.Clock, World.ReplayWindow), new SessionSealer(faults.In(world.Codec), world.Site.Cookie), world.Revocation, faults.In(world.Provider), new FixedRandom(), world.RecordLife, world.Clock);
        return await world.CheckAsync(story switch
        {
            "fresh" => Requests.Document(path, world.CookieOf(world.NewSession())),
            "expired" => Requests.Document(path, world.CookieOf(world.Expired())),
            "ambiguous" => Requests.Document(path, world.CookieOf(world.NewSession()), world.CookieOf(world.NewSession("user_2", "session_2"))),
            "callback" => CallbackRequest(world),
            _ => Requests.Document(path),
        });
    }

    private static IncomingRequest CallbackRequest(World world)
    {
        var state = world.Codec.SealState(new SignInState("nonce", "verifier", "/"), SignInStart.Lifetime);
        return Requests.Document($"/callback?code=c&state={state.Value}", $"{FlowCookie.Name(state)}={state.Value}");
    }
}
