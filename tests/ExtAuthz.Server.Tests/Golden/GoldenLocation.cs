using System.Text.Json;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>Where the answer to a replayed recording leads.</summary>
internal static class GoldenLocation
{
    public static void ShouldBeAsRecorded(GoldenScenario scenario, JsonElement recorded, GoldenReplay replay)
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
}
