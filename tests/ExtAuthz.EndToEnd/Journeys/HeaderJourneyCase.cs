using System.Text.Json;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.EndToEnd.Journeys;

/// <summary>One case of corpus/headers.json whose headers a client sends.</summary>
internal sealed class HeaderJourneyCase(JsonElement element)
{
    private string Scenario => element.GetProperty("scenario").GetString()!; // every case has one

    public bool IsForwarded => element.GetProperty("verdict").GetString() is "forward";

    public bool IsSignedIn => Scenario is "auth_ok" or "public_auth";

    public string Path => Scenario.StartsWith("public", StringComparison.Ordinal) ? Journey.PublicPage : Journey.ProtectedPage;

    public IEnumerable<(string Name, string Value)> RequestHeaders =>
        element.GetProperty("request_headers").EnumerateArray().Select(pair => (pair[0].GetString()!, FixtureText.Read(pair[1].GetString()!)));

    public IReadOnlyList<string> MustBeGone => List("must_be_removed_or_overwritten");

    public IReadOnlyList<string> NeverUpstream => [.. List("values_never_upstream").Select(FixtureText.Read)];

    public IEnumerable<(string Name, string Value)> UpstreamEquals =>
        element.TryGetProperty("upstream_equals", out var equal) ? equal.EnumerateObject().Select(pair => (pair.Name, pair.Value.GetString()!)) : [];

    public static IReadOnlyList<HeaderJourneyCase> ReadAll()
    {
        using var file = FixtureFolder.Open("corpus/headers.json");
        var cases = file.RootElement.Items("cases").Where(one => one.TryGetProperty("request_headers", out _)).Select(one => new HeaderJourneyCase(one.Clone())).ToList();
        return cases.Count > 0 ? cases : throw new InvalidDataException("No case sends a header.");
    }

    public override string ToString() => $"{element.GetProperty("category")}: {element.GetProperty("name")} ({Scenario})";

    private IReadOnlyList<string> List(string name) =>
        element.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}
