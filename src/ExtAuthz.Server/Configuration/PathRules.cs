using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Server.Configuration;

/// <summary>Compiles lists of path patterns.</summary>
internal static class PathRules
{
    public static PathPatternSet ReadUnauthenticatedPaths(MiddlewareAuthOptions options, ConfigurationFaults faults) =>
        Compile($"{nameof(AuthkitOptions.MiddlewareAuth)}:{nameof(options.UnauthenticatedPaths)}", options.UnauthenticatedPaths, options.UnsafeAllowAllPaths, faults);

    /// <summary>A pattern for every path is harmless here.</summary>
    public static PathPatternSet ReadSignUpPaths(IEnumerable<string> patterns, ConfigurationFaults faults) =>
        Compile(nameof(AuthkitOptions.SignUpPaths), patterns, allowAllPaths: true, faults);

    private static PathPatternSet Compile(string option, IEnumerable<string> patterns, bool allowAllPaths, ConfigurationFaults faults)
    {
        var parsed = new List<PathPattern>();
        foreach (var (index, pattern) in patterns.Index())
        {
            switch (PathPattern.Parse(pattern, allowAllPaths))
            {
                case PathPatternResult.Parsed good:
                    parsed.Add(good.Pattern);
                    break;
                case PathPatternResult.Invalid bad:
                    faults.Add(ConfigurationPath.Combine(option, $"{index}"), $"The path pattern {pattern} does not do: {bad.Fault}", bad.Fix);
                    break;
            }
        }

        return new PathPatternSet(parsed);
    }
}
