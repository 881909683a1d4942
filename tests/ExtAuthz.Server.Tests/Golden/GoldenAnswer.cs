using System.Text.Json;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>The answer to a replayed recording, held against what was recorded.</summary>
internal static class GoldenAnswer
{
    public static void ShouldBeAsRecorded(GoldenScenario scenario, GoldenReplay replay)
    {
        var result = scenario.Result!.Value; // what was thrown instead has a rule of its own
        ShouldHaveCalled(scenario, replay);
        if (scenario.Kind is GoldenKind.Composable)
        {
            GoldenUpstream.ShouldHaveSession(result, replay);
            GoldenSetCookies.ShouldBeAsRecorded(scenario, replay, result);
            return;
        }

        var passes = result.GetProperty("next").GetBoolean();
        replay.Answer.IsAllowed().ShouldBe(passes);
        GoldenSetCookies.ShouldBeAsRecorded(scenario, replay, result);
        ShouldHaveCacheHeaders(result.GetProperty("responseHeaders"), replay);
        if (passes)
        {
            GoldenUpstream.ShouldHaveHeaders(result.GetProperty("upstreamRequestHeaders"), replay);
        }
        else
        {
            ((int)replay.Answer.DeniedResponse.Status.Code).ShouldBe(result.GetProperty("status").GetInt32());
            GoldenLocation.ShouldBeAsRecorded(scenario, result.GetProperty("location"), replay);
        }
    }

    public static void ShouldBeUndecided(GoldenScenario scenario, GoldenReplay replay)
    {
        replay.Answer.SetCookies().ShouldBeEmpty();
        if (GoldenRules.IsProtected(scenario))
        {
            ((int)replay.Answer.DeniedResponse.Status.Code).ShouldBe(503);
            replay.Answer.Browser("retry-after").ShouldNotBeNull();
        }
        else
        {
            GoldenUpstream.ShouldBeAnonymous(replay);
        }
    }

    public static void ShouldBeSignedOutAndDeleted(GoldenScenario scenario, GoldenReplay replay)
    {
        replay.Answer.SetCookies().ShouldContain(cookie => cookie.Contains("Max-Age=0", StringComparison.Ordinal));
        if (GoldenRules.IsProtected(scenario))
        {
            ((int)replay.Answer.DeniedResponse.Status.Code).ShouldBe(307);
        }
        else
        {
            GoldenUpstream.ShouldBeAnonymous(replay);
        }
    }

    public static void ShouldBeFailedSignIn(GoldenScenario scenario, GoldenReplay replay)
    {
        // Deviation G11: what is only lost begins again.
        if (replay.Answer.Browser("location") is { } location)
        {
            new Uri(location).AbsolutePath.ShouldBe("/user_management/authorize");
            replay.Provider.Authenticated.ShouldBeEmpty();
        }
        else
        {
            ((int)replay.Answer.DeniedResponse.Status.Code).ShouldBe(400);
            replay.Answer.Browser("content-type").ShouldStartWith("text/html");
        }

        GoldenSetCookies.ShouldBeAsRecorded(scenario, replay, scenario.Result!.Value);
        ShouldHaveCacheHeaders(scenario.Result!.Value.GetProperty("responseHeaders"), replay);
        ShouldHaveCalled(scenario, replay);
    }

    public static void ShouldHaveCalled(GoldenScenario scenario, GoldenReplay replay)
    {
        var recorded = scenario.ApiCalls.Where(call => !GoldenProvider.IsJwks(call)).Select(call => GoldenCookie.TextOf(replay.Values.Content(call.GetProperty("body")))).Distinct().ToList();
        replay.Provider.Authenticated.Select(call => GoldenCookie.TextOf(call.Body)).Distinct().ShouldBe(recorded);
        replay.Provider.Authenticated.ShouldAllBe(call => call.Authorization == "Bearer sk_test_key");
    }

    private static void ShouldHaveCacheHeaders(JsonElement recorded, GoldenReplay replay)
    {
        foreach (var name in new[] { "vary", "x-middleware-cache" })
        {
            replay.Answer.Browser(name).ShouldBe(recorded.TryGetProperty(name, out var value) ? value.GetString() : null, name);
        }

        // A redirect without a cookie of ours depends on none either.
        var withoutCookie = replay.Answer.SetCookies().Count == 0 && !recorded.TryGetProperty("vary", out _);
        replay.Answer.Browser("cache-control").ShouldBe(!withoutCookie && recorded.TryGetProperty("cache-control", out var control) ? control.GetString() : null);
        replay.Answer.Browser("pragma").ShouldBe(recorded.TryGetProperty("vary", out _) ? "no-cache" : null); // deviation G9
    }
}
