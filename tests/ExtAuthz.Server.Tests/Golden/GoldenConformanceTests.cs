using System.Text.Json;
using System.Text.Json.Nodes;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>The recordings of the reference, replayed over real gRPC. Where we answer differently, a rule says so.</summary>
public sealed class GoldenConformanceTests
{
    public static TheoryData<int, string> Replayed => [.. All().Where(entry => entry.Scenario is { IsUnclaimed: false } and ({ IsProxy: true } or { IsComposable: true } or { IsCallback: true }))
        .Select(entry => (entry.Index, entry.Scenario.ToString()))];

    [Fact]
    public void Every_recording_is_replayed_or_pending_or_lives_inside_a_Next_process()
    {
        var pending = All().Count(entry => entry.Scenario is { IsUnclaimed: false, IsSignOutOrSwitch: true });
        var outOfScope = All().Where(entry => entry.Scenario.IsUnclaimed || entry.Scenario is { IsProxy: false, IsComposable: false, IsCallback: false, IsSignOutOrSwitch: false }).ToList();

        TestContext.Current.TestOutputHelper?.WriteLine($"{Replayed.Count} replayed, {pending} pending (sign-out, switch), {outOfScope.Count} out of scope");
        (Replayed.Count + pending + outOfScope.Count).ShouldBe(GoldenFile.Instance.Scenarios.Count);
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
        switch (rule)
        {
            case GoldenRule.NoKeys:
                AssertUndecided(scenario, replay);
                replay.Provider.Authenticated.ShouldBeEmpty();
                break;
            case GoldenRule.StricterToken:
                AssertUndecided(scenario, replay);
                replay.Provider.Authenticated.ShouldNotBeEmpty();
                break;
            case GoldenRule.ProviderFault:
                AssertUndecided(scenario, replay);
                AssertCalls(scenario, replay);
                break;
            case GoldenRule.NotTheUsersToken:
                AssertSignedOutAndDeleted(scenario, replay);
                break;
            case GoldenRule.GlobPattern:
                replay.Answer.IsAllowed().ShouldBe(!GoldenRules.IsProtected(scenario));
                break;
            case GoldenRule.CallbackFailure:
                AssertFailedSignIn(scenario, replay);
                break;
            default:
                AssertAsRecorded(scenario, replay);
                break;
        }
    }

    private static IEnumerable<(int Index, GoldenScenario Scenario)> All() => GoldenFile.Instance.Scenarios.Index();

    private static void AssertRefusesToStart(GoldenScenario scenario) =>
        AuthkitConfiguration.Load(RunningService.Configuration(GoldenReplay.Settings(GoldenFile.Instance, scenario)))
            .ShouldBeOfType<AuthkitConfiguration.Refused>()
            .ToString().ShouldContain(GoldenRules.RefusedSetting(scenario)!);

    private static void AssertUndecided(GoldenScenario scenario, GoldenReplay replay)
    {
        replay.Answer.SetCookies().ShouldBeEmpty();
        if (GoldenRules.IsProtected(scenario))
        {
            ((int)replay.Answer.DeniedResponse.Status.Code).ShouldBe(503);
            replay.Answer.Browser("retry-after").ShouldNotBeNull();
        }
        else
        {
            AssertAnonymous(replay);
        }
    }

    private static void AssertSignedOutAndDeleted(GoldenScenario scenario, GoldenReplay replay)
    {
        replay.Answer.SetCookies().ShouldContain(cookie => cookie.Contains("Max-Age=0", StringComparison.Ordinal));
        if (GoldenRules.IsProtected(scenario))
        {
            ((int)replay.Answer.DeniedResponse.Status.Code).ShouldBe(307);
        }
        else
        {
            AssertAnonymous(replay);
        }
    }

    private static void AssertAnonymous(GoldenReplay replay)
    {
        replay.Answer.IsAllowed().ShouldBeTrue();
        replay.Answer.Upstream("x-workos-session").ShouldBeNull();
        replay.Answer.Upstream("x-auth-user-id").ShouldBeNull();
    }

    private static void AssertFailedSignIn(GoldenScenario scenario, GoldenReplay replay)
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

        AssertCookies(scenario, replay, scenario.Result!.Value);
        AssertCacheHeaders(scenario.Result!.Value.GetProperty("responseHeaders"), replay);
        AssertCalls(scenario, replay);
    }

    private static void AssertAsRecorded(GoldenScenario scenario, GoldenReplay replay)
    {
        var result = scenario.Result!.Value; // what was thrown instead has a rule of its own
        AssertCalls(scenario, replay);
        if (scenario.IsComposable)
        {
            AssertSession(result, replay);
            AssertCookies(scenario, replay, result);
            return;
        }

        var passes = result.GetProperty("next").GetBoolean();
        replay.Answer.IsAllowed().ShouldBe(passes);
        AssertCookies(scenario, replay, result);
        AssertCacheHeaders(result.GetProperty("responseHeaders"), replay);
        if (passes)
        {
            AssertUpstreamHeaders(result.GetProperty("upstreamRequestHeaders"), replay);
        }
        else
        {
            ((int)replay.Answer.DeniedResponse.Status.Code).ShouldBe(result.GetProperty("status").GetInt32());
            AssertLocation(scenario, result.GetProperty("location"), replay);
        }
    }

    /// <summary>The function that the middleware is made of returns a session; ours goes to the upstream.</summary>
    private static void AssertSession(JsonElement result, GoldenReplay replay)
    {
        replay.Answer.IsAllowed().ShouldBeTrue();
        var session = result.GetProperty("session");
        if (session.GetProperty("user").ValueKind is JsonValueKind.Null)
        {
            AssertAnonymous(replay);
            return;
        }

        var forwarded = replay.Values.Open(replay.Answer.Upstream("x-workos-session")!)!;
        forwarded["accessToken"]!.GetValue<string>().ShouldBe(replay.Values.Text(session.GetProperty("accessToken")));
        JsonText(forwarded["user"]).ShouldBe(JsonText(replay.Values.Content(session.GetProperty("user"))));
        foreach (var (member, header) in new[] { ("sessionId", "x-auth-session-id"), ("organizationId", "x-auth-org-id"), ("role", "x-auth-role"), ("roles", "x-auth-roles"), ("permissions", "x-auth-permissions"), ("entitlements", "x-auth-entitlements"), ("featureFlags", "x-auth-feature-flags") })
        {
            replay.Answer.Upstream(header).ShouldBe(session.TryGetProperty(member, out var claim) ? Joined(claim) : null, header);
        }
    }

    private static void AssertUpstreamHeaders(JsonElement recorded, GoldenReplay replay)
    {
        foreach (var name in new[] { "x-workos-middleware", "x-url", "x-redirect-uri", "x-sign-up-paths" })
        {
            replay.Answer.Upstream(name).ShouldBe(recorded.TryGetProperty(name, out var value) ? value.GetString() : null, name);
        }

        var forwarded = replay.Answer.Upstream("x-workos-session");
        (forwarded is not null).ShouldBe(recorded.TryGetProperty("x-workos-session", out var session));
        if (forwarded is not null)
        {
            GoldenCookie.Normal(replay.Values.Open(forwarded)).ShouldBe(GoldenCookie.Normal(replay.Values.Content(session.GetProperty("sealed"))));
        }

        // Deviation G7: after a refresh the upstream's cookie is the new one.
        var newSeal = replay.Answer.SetCookies().Select(cookie => cookie.Split(';')[0]).FirstOrDefault(cookie => forwarded is not null && cookie.EndsWith($"={forwarded}", StringComparison.Ordinal));
        replay.Answer.Upstream("cookie").ShouldBe(newSeal);
    }

    private static void AssertCookies(GoldenScenario scenario, GoldenReplay replay, JsonElement result)
    {
        var sent = replay.Answer.SetCookies().Select(cookie => GoldenCookie.Sent(cookie, replay.Values)).ToList();
        var recorded = result.GetProperty("setCookie").EnumerateArray().Select(cookie => GoldenCookie.Recorded(cookie, replay.Values))
            .Where(cookie => !(cookie.IsFlow && (scenario.IsComposable || IsLookingAhead(scenario))))
            .Select(cookie => cookie.IsAccessToken ? cookie with { Attributes = $"Path=/; {cookie.Attributes}" } : cookie).ToList();
        if (result.TryGetProperty("cookieStoreSetCookie", out var stored))
        {
            // What goes through Next's cookie store bears Next's spelling; the session is the same cookie in ours.
            recorded.InsertRange(0, stored.EnumerateArray().Select(cookie => GoldenCookie.Recorded(cookie, replay.Values)));
            (sent, recorded) = ([.. sent.Select(WithoutAttributesIfStored)], [.. recorded.Select(WithoutAttributesIfStored)]);
        }

        if (scenario.IsCallback)
        {
            // Deviations C16, G11 and G12: a sign-in may begin again, returns are counted, and the session's other spelling goes.
            sent.RemoveAll(cookie => cookie.IsReturns || (cookie.IsFlow ? !cookie.IsDeleted : cookie.IsDeleted));
        }
        else if (recorded.Count(IsDeletedFlow) > OpenSignIns.MaxCount - 1)
        {
            // Deviation C15: of the unfinished sign-ins only the oldest go.
            sent.Where(IsDeletedFlow).ShouldBeSubsetOf(recorded.Where(IsDeletedFlow));
            sent.RemoveAll(IsDeletedFlow).ShouldBe(recorded.RemoveAll(IsDeletedFlow) - (OpenSignIns.MaxCount - 1));
        }

        sent.ShouldBe(recorded);
    }

    private static bool IsDeletedFlow(GoldenCookie cookie) => cookie is { IsFlow: true, IsDeleted: true };

    private static GoldenCookie WithoutAttributesIfStored(GoldenCookie cookie) => cookie.IsFlow ? cookie : cookie with { Attributes = "" };

    // Deviation G8: a browser that only looks ahead is given no sign-in cookie.
    private static bool IsLookingAhead(GoldenScenario scenario) =>
        scenario.Request.GetProperty("headers").EnumerateObject().Any(header => header.Name is "sec-purpose" or "purpose" && header.Value.GetString()!.StartsWith("prefetch", StringComparison.OrdinalIgnoreCase));

    private static void AssertCacheHeaders(JsonElement recorded, GoldenReplay replay)
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

    private static void AssertLocation(GoldenScenario scenario, JsonElement recorded, GoldenReplay replay)
    {
        var location = replay.Answer.Browser("location")!;
        if (recorded.ValueKind is JsonValueKind.String)
        {
            // Deviation P6: of a return path only a safe one is kept.
            location.ShouldBeOneOf(recorded.GetString()!, $"{scenario.PublicOrigin}/");
            return;
        }

        var query = System.Web.HttpUtility.ParseQueryString(new Uri(location).Query);
        var sent = query.AllKeys.Select(key => (Key: key!, Value: Parameter(key!, query[key]!, replay))).ToList();
        var expected = recorded.GetProperty("queryInOrder").EnumerateArray().Select(pair => (
            Key: pair[0].GetString()!,
            Value: pair[1].ValueKind is JsonValueKind.Object ? GoldenCookie.Normal(replay.Values.Content(pair[1].GetProperty("sealed"))) : pair[1].GetString()!)).ToList();

        // Deviation G10: the screen hint survives a failed refresh.
        sent.Where(pair => pair.Key is not "screen_hint").ShouldBe(expected.Where(pair => pair.Key is not "screen_hint"));
        sent.ShouldContain(pair => pair.Key == "screen_hint");
        expected.Where(pair => pair.Key is "screen_hint").ShouldAllBe(pair => sent.Contains(pair));
        new Uri(location).AbsolutePath.ShouldBe(new Uri(recorded.GetProperty("base").GetString()!).AbsolutePath);
    }

    private static string Parameter(string key, string value, GoldenReplay replay) => key switch
    {
        "code_challenge" => $"<S256 {value.Length} chars>",
        "state" => GoldenCookie.Normal(replay.Values.Open(value)),
        _ => value,
    };

    private static void AssertCalls(GoldenScenario scenario, GoldenReplay replay)
    {
        var recorded = scenario.ApiCalls.Where(call => !GoldenProvider.IsJwks(call)).Select(call => JsonText(replay.Values.Content(call.GetProperty("body")))).Distinct().ToList();
        replay.Provider.Authenticated.Select(call => JsonText(call.Body)).Distinct().ShouldBe(recorded);
        replay.Provider.Authenticated.ShouldAllBe(call => call.Authorization == "Bearer sk_test_key");
    }

    private static string JsonText(JsonNode? node) => GoldenCookie.Sorted(node)?.ToJsonString() ?? "null";

    private static string? Joined(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.Array when claim.GetArrayLength() > 0 => string.Join(',', claim.EnumerateArray().Select(item => item.GetString())),
        JsonValueKind.String => claim.GetString(),
        _ => null,
    };
}
