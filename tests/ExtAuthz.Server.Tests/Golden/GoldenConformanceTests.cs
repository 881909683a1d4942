using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>The recordings of the reference, replayed over real gRPC. Where we answer differently, a rule says so.</summary>
public sealed class GoldenConformanceTests
{
    public static TheoryData<int, string> Replayed => [.. All().Where(entry => entry.Scenario.Kind is not GoldenKind.Elsewhere).Select(entry => (entry.Index, entry.Scenario.ToString()))];

    [Fact]
    public void Recordings_are_counted_by_what_answers_them()
    {
        foreach (var kind in All().CountBy(entry => entry.Scenario.Kind))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{kind.Value} {(kind.Key is GoldenKind.Elsewhere ? "inside a Next process" : kind.Key)}");
        }

        Replayed.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Replayed))]
    public async Task A_recording_is_answered_as_the_reference_did_or_as_a_rule_says(int index, string name)
    {
        var scenario = GoldenFile.Instance.Scenarios[index];
        scenario.ToString().ShouldBe(name);
        var rule = GoldenRules.For(scenario);
        if (rule is GoldenRule.RefusedSetting)
        {
            AssertRefusesToStart(scenario);
            return;
        }

        var replay = await GoldenReplay.RunAsync(scenario);
        switch (rule, scenario.Kind)
        {
            case (GoldenRule.NoKeys, _):
                GoldenAnswer.ShouldBeUndecided(scenario, replay);
                replay.Provider.Authenticated.ShouldBeEmpty();
                break;
            case (GoldenRule.StricterToken, _):
                GoldenAnswer.ShouldBeUndecided(scenario, replay);
                replay.Provider.Authenticated.ShouldNotBeEmpty();
                break;
            case (GoldenRule.ProviderFault, _):
                GoldenAnswer.ShouldBeUndecided(scenario, replay);
                GoldenAnswer.ShouldHaveCalled(scenario, replay);
                break;
            case (GoldenRule.NotTheUsersToken, _):
                GoldenAnswer.ShouldBeSignedOutAndDeleted(scenario, replay);
                break;
            case (GoldenRule.GlobPattern, _):
                replay.Answer.IsAllowed().ShouldBe(!GoldenRules.IsProtected(scenario));
                break;
            case (GoldenRule.CallbackFailure, _):
                GoldenAnswer.ShouldBeFailedSignIn(scenario, replay);
                break;
            case (GoldenRule.SwitchNeedsSignIn, _):
                GoldenEndpoint.ShouldBeginSignIn(scenario, replay);
                break;
            case (GoldenRule.SwitchRefused, _):
                GoldenEndpoint.ShouldRefuseOrganization(scenario, replay);
                break;
            case (_, GoldenKind.SignIn):
                GoldenEndpoint.ShouldLeadToSignIn(scenario, replay);
                break;
            case (_, GoldenKind.SignOut):
                GoldenEndpoint.ShouldSignOut(scenario, replay);
                break;
            case (_, GoldenKind.SwitchOrganization):
                GoldenEndpoint.ShouldSwitchOrganization(scenario, replay);
                break;
            default:
                GoldenAnswer.ShouldBeAsRecorded(scenario, replay);
                break;
        }
    }

    private static IEnumerable<(int Index, GoldenScenario Scenario)> All() => GoldenFile.Instance.Scenarios.Index();

    private static void AssertRefusesToStart(GoldenScenario scenario) =>
        AuthkitConfiguration.Load(RunningService.Configuration(GoldenSettings.Of(GoldenFile.Instance, scenario)))
            .ShouldBeOfType<AuthkitConfiguration.Refused>()
            .ToString().ShouldContain(GoldenRules.RefusedSetting(scenario)!);
}
