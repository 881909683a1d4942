using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Routes;

/// <summary>Patterns that a test takes for granted.</summary>
internal static class Patterns
{
    public static PathPatternSet Set(params string[] patterns) => new(patterns.Select(Parsed));

    /// <summary>Patterns of a list that guards.</summary>
    public static PathPatternSet Guarded(params string[] patterns) => new(patterns.Select(Parsed), ignoresCase: true);

    private static PathPattern Parsed(string pattern) =>
        PathPattern.Parse(pattern, allowAllPaths: true).ShouldBeOfType<PathPatternResult.Parsed>(pattern).Pattern;
}
