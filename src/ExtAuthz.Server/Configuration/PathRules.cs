using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Server.Configuration;

/// <summary>Compiles lists of path patterns.</summary>
internal static class PathRules
{
    private const int ShortestAge = 30;

    public static PathPatternSet ReadUnauthenticatedPaths(MiddlewareAuthOptions options, ConfigurationFaults faults) =>
        Compile($"{nameof(AuthkitOptions.MiddlewareAuth)}:{nameof(options.UnauthenticatedPaths)}", options.UnauthenticatedPaths, options.UnsafeAllowAllPaths, faults);

    /// <summary>A pattern for every path is harmless here.</summary>
    public static PathPatternSet ReadSignUpPaths(IEnumerable<string> patterns, ConfigurationFaults faults) =>
        Compile(nameof(AuthkitOptions.SignUpPaths), patterns, allowAllPaths: true, faults);

    /// <summary>A pattern for every path is harmless here too.</summary>
    public static RecentAuthenticationPolicy ReadRecentAuthentication(IEnumerable<RecentAuthenticationOptions> rules, ConfigurationFaults faults) =>
        new([.. rules.Index().Select(rule => ReadRecentAuthentication(ConfigurationPath.Combine(nameof(AuthkitOptions.RecentAuthentication), $"{rule.Index}"), rule.Item, faults))]);

    private static RecentAuthenticationRule ReadRecentAuthentication(string option, RecentAuthenticationOptions rule, ConfigurationFaults faults)
    {
        if (rule.Paths.Count is 0)
        {
            faults.Add(ConfigurationPath.Combine(option, nameof(rule.Paths)), "It is missing.", "List the paths that need a recent sign-in, such as /billing/**.");
        }

        if (rule.MaxAgeSeconds is null or < ShortestAge)
        {
            faults.Add(ConfigurationPath.Combine(option, nameof(rule.MaxAgeSeconds)), $"It is missing, or shorter than {ShortestAge} seconds: a user would hardly arrive in time.", "Write seconds, such as 600.");
        }

        return new RecentAuthenticationRule(
            Compile(ConfigurationPath.Combine(option, nameof(rule.Paths)), rule.Paths, allowAllPaths: true, faults, ignoresCase: true),
            TimeSpan.FromSeconds(rule.MaxAgeSeconds ?? 0));
    }

    private static PathPatternSet Compile(string option, IEnumerable<string> patterns, bool allowAllPaths, ConfigurationFaults faults, bool ignoresCase = false)
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

        return new PathPatternSet(parsed, ignoresCase);
    }
}
