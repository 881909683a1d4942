using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Web;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>The answers of our endpoints, held against what the helpers of the reference did.</summary>
internal static class GoldenEndpoint
{
    // What AuthKit's callback seals, and we always.
    private static readonly string[] SessionMembers = ["accessToken", "refreshToken", "user", "impersonator", "authenticationMethod"];

    public static void ShouldLeadToSignIn(GoldenScenario scenario, GoldenReplay replay)
    {
        StatusOf(replay).ShouldBe(307);
        GoldenLocation.ShouldBeAsRecorded(scenario, scenario.Helper.SignInUrl!.Value, replay); // the kind says so
        replay.Answer.SetCookies().Select(cookie => GoldenCookie.Sent(cookie, replay.Values)).Select(cookie => (cookie.Name, cookie.Content))
            .ShouldBe(scenario.StoredCookies.Select(cookie => GoldenCookie.Recorded(cookie, replay.Values)).Select(cookie => (cookie.Name, cookie.Content)));
        GoldenAnswer.ShouldHaveCalled(scenario, replay);
    }

    public static void ShouldSignOut(GoldenScenario scenario, GoldenReplay replay)
    {
        StatusOf(replay).ShouldBe(303);
        var location = new Uri(replay.Answer.Browser("location")!);
        var returnTo = scenario.Helper.ReturnTo is { } wanted ? OnOurSite(scenario, wanted) : null;
        if (SessionIdOf(replay) is { } sessionId) // deviation G14: the cookie alone says so
        {
            location.AbsolutePath.ShouldBe("/user_management/sessions/logout");
            var query = HttpUtility.ParseQueryString(location.Query);
            query["session_id"].ShouldBe(scenario.Helper.LeadsToLogout ? GoldenHelper.Parameter(scenario.Helper.Redirect!.Value, "session_id") : sessionId);
            query["return_to"].ShouldBe(returnTo);
        }
        else
        {
            scenario.Helper.LeadsToLogout.ShouldBeFalse();
            location.ShouldBe(new Uri(returnTo ?? scenario.PublicOrigin));
        }

        ShouldDeleteCookies(scenario, replay);
        GoldenAnswer.ShouldHaveCalled(scenario, replay);
    }

    public static void ShouldSwitchOrganization(GoldenScenario scenario, GoldenReplay replay)
    {
        StatusOf(replay).ShouldBe(303);
        GoldenAnswer.ShouldHaveCalled(scenario, replay);
        if (GoldenRules.RedirectOf(scenario.ApiCalls[^1].GetProperty("response")) is { } elsewhere)
        {
            new Uri(replay.Answer.Browser("location")!).ShouldBe(new Uri(elsewhere));
            replay.Answer.SetCookies().ShouldBeEmpty();
            return;
        }

        replay.Answer.Browser("location").ShouldBe(OnOurSite(scenario, scenario.Helper.ReturnTo));
        replay.Answer.SetCookies().Select(cookie => SessionOf(GoldenCookie.Sent(cookie, replay.Values)))
            .ShouldBe(scenario.StoredCookies.Select(cookie => SessionOf(GoldenCookie.Recorded(cookie, replay.Values))));
    }

    public static void ShouldBeginSignIn(GoldenScenario scenario, GoldenReplay replay)
    {
        StatusOf(replay).ShouldBe(303);
        GoldenAnswer.ShouldHaveCalled(scenario, replay);
        var location = new Uri(replay.Answer.Browser("location")!);
        location.AbsolutePath.ShouldBe("/user_management/authorize");
        HttpUtility.ParseQueryString(location.Query)["organization_id"].ShouldBe(scenario.Helper.OrganizationId);
        replay.Answer.SetCookies().Select(cookie => GoldenCookie.Sent(cookie, replay.Values)).ShouldAllBe(cookie => cookie.IsFlow);
    }

    public static void ShouldRefuseOrganization(GoldenScenario scenario, GoldenReplay replay)
    {
        StatusOf(replay).ShouldBe(403);
        GoldenAnswer.ShouldHaveCalled(scenario, replay);
        replay.Answer.SetCookies().ShouldBeEmpty();
    }

    private static void ShouldDeleteCookies(GoldenScenario scenario, GoldenReplay replay)
    {
        var sent = replay.Answer.SetCookies().Select(cookie => GoldenCookie.Sent(cookie, replay.Values)).ToList();
        sent.ShouldAllBe(cookie => cookie.IsDeleted && cookie.Attributes.Contains("Max-Age=0", StringComparison.Ordinal));
        var names = sent.Select(cookie => cookie.Name).ToList();
        foreach (var cookie in scenario.StoredCookies.Select(cookie => GoldenCookie.Recorded(cookie, replay.Values)))
        {
            cookie.IsDeleted.ShouldBeTrue();
            if (cookie.Name == scenario.CookieName)
            {
                sent.ShouldContain(other => other.Name == cookie.Name && other.Domain == cookie.Domain);
            }
            else if (!cookie.IsFlow || FlowCookie.IsFlowCookie(cookie.Name) || cookie.IsNamedByState) // deviation C18: a name that no sign-in has stays
            {
                names.Remove(cookie.Name).ShouldBeTrue(cookie.Name);
            }
        }
    }

    private static int StatusOf(GoldenReplay replay) => (int)replay.Answer.DeniedResponse.Status.Code;

    // Deviation P6: of a return path only a safe one is kept.
    private static string OnOurSite(GoldenScenario scenario, string? wanted) =>
        scenario.PublicOrigin + ReturnPath.From(wanted, scenario.PublicOrigin, FrozenSet<string>.Empty).Value;

    private static string? SessionIdOf(GoldenReplay replay) =>
        replay.Cookies().Where(cookie => cookie.Key == replay.Scenario.CookieName).Select(cookie => replay.Values.Open(cookie.Value)).FirstOrDefault()?["accessToken"]?.GetValue<string>() is { } token
            ? UnverifiedClaims.Read(new AccessToken(token))?.SessionId
            : null;

    // Deviation C17: nothing else of the provider's answer is sealed.
    private static (string Name, string Content) SessionOf(GoldenCookie cookie) =>
        (cookie.Name, GoldenCookie.TextOf(new JsonObject(JsonNode.Parse(cookie.Content)!.AsObject().Where(member => SessionMembers.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())))));
}
