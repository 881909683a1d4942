using System.Text.Json;
using ExtAuthz.Domain.Routes;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Domain.Tests.Routes;

/// <summary>
/// fixtures/path-match.json, <c>unauthenticatedPaths</c>: what the reference matches, less what docs/deviations.md (Paths) says we do not.
/// The file's <c>nextMatcher</c> is out: which requests reach the filter at all is the business of Envoy's routes, so there is no matcher to compare.
/// </summary>
public sealed class PathPatternConformanceTests
{
    private static readonly RoutePolicy AllPaths = new(Patterns.Set("/**"));

    [Fact]
    public void Every_pattern_makes_the_paths_public_that_the_reference_matches()
    {
        using var recording = FixtureFolder.Open("fixtures/path-match.json");
        var recorded = recording.RootElement.GetProperty("unauthenticatedPaths");
        var candidates = recorded.Items("candidatePaths").Select(path => FixtureText.Read(path.GetString()!)).Where(IsPath).ToList();

        recorded.Items("patterns").ShouldAllSatisfy(test =>
        {
            switch (PathPattern.Parse(FixtureText.Read(Pattern(test)), allowAllPaths: true))
            {
                case PathPatternResult.Invalid refused:
                    (IsError(test) || IsRewritten(test)).ShouldBeTrue(refused.Fault);
                    break;
                case PathPatternResult.Parsed when IsError(test):
                    Pattern(test).ShouldContain("*", customMessage: "only globs are an addition of ours");
                    break;
                case PathPatternResult.Parsed parsed:
                    IsRewritten(test).ShouldBeFalse();
                    var policy = new RoutePolicy(new PathPatternSet([parsed.Pattern]));
                    var matched = Matched(test);
                    candidates.Where(path => IsPublic(path, policy)).ShouldBe(candidates.Where(path => matched.Contains(path) && IsPlain(path)));
                    break;
            }
        });
    }

    private static string Pattern(JsonElement test) => test.GetProperty("pattern").GetString()!;

    private static bool IsError(JsonElement test) => test.TryGetProperty("error", out _);

    private static HashSet<string> Matched(JsonElement test) => [.. test.GetProperty("matches").EnumerateArray().Select(path => FixtureText.Read(path.GetString()!))];

    /// <summary>A request's path has no query; the reference was also tried with candidates that can not occur.</summary>
    private static bool IsPath(string candidate) => !candidate.Contains('?');

    private static bool IsPublic(string path, RoutePolicy policy) => policy.Classify(RequestTarget.Parse(path), hasRawHeaders: true) is PathClass.Public;

    /// <summary>Deviation P1: a path that two servers may read differently is never public.</summary>
    private static bool IsPlain(string path) => IsPublic(path, AllPaths);

    /// <summary>Deviation P2: a pattern that does not mean what it says is refused; percent-encoding and a leading slash keep the meaning.</summary>
    private static bool IsRewritten(JsonElement test)
    {
        var pattern = Pattern(test);
        var meant = Uri.UnescapeDataString(test.GetProperty("afterUrlParsing").GetString()!).TrimStart('/');
        return pattern is ""
            || pattern.AsSpan().ContainsAny("#{}")
            || pattern.Count(character => character == ')') > pattern.Count(character => character == '(')
            || !string.Equals(meant, Uri.UnescapeDataString(pattern).TrimStart('/'), StringComparison.Ordinal);
    }
}
