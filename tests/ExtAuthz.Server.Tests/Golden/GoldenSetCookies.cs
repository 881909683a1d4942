using System.Text.Json;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>The cookies of the answer to a replayed recording.</summary>
internal static class GoldenSetCookies
{
    public static void ShouldBeAsRecorded(GoldenScenario scenario, GoldenReplay replay, JsonElement result)
    {
        var sent = replay.Answer.SetCookies().Select(cookie => GoldenCookie.Sent(cookie, replay.Values)).ToList();
        var recorded = result.GetProperty("setCookie").EnumerateArray().Select(cookie => GoldenCookie.Recorded(cookie, replay.Values))
            .Where(cookie => !(cookie.IsFlow && (scenario.Kind is GoldenKind.Composable || IsLookingAhead(scenario))))
            .Select(cookie => cookie.IsAccessToken ? cookie with { Attributes = $"Path=/; {cookie.Attributes}" } : cookie).ToList();
        if (result.TryGetProperty("cookieStoreSetCookie", out var stored))
        {
            // What goes through Next's cookie store bears Next's spelling; the session is the same cookie in ours.
            recorded.InsertRange(0, stored.EnumerateArray().Select(cookie => GoldenCookie.Recorded(cookie, replay.Values)));
            (sent, recorded) = ([.. sent.Select(WithoutAttributesIfStored)], [.. recorded.Select(WithoutAttributesIfStored)]);
        }

        if (scenario.Kind is GoldenKind.Callback)
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
}
