using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ExtAuthz.Domain.Routes;

/// <summary>Path patterns compiled together once: the literal ones into a hash set, all others into one automaton of linear time.</summary>
public sealed class PathPatternSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _literals;
    private readonly Regex? _wildcards;

    /// <summary>Compiles patterns.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="ignoresCase">Whether upper and lower case are alike: never for a list that opens something.</param>
    public PathPatternSet(IEnumerable<PathPattern> patterns, bool ignoresCase = false)
    {
        var byKind = patterns.ToLookup(pattern => pattern.IsLiteral);
        _literals = byKind[true].Select(pattern => pattern.Path).ToFrozenSet(ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _wildcards = byKind[false].Any() ? Compile(byKind[false].Select(pattern => pattern.Expression), ignoresCase ? "?i:" : "?:") : null;
    }

    /// <summary>Whether any pattern matches the whole path, byte for byte, give or take one trailing slash. Expects the path without its query.</summary>
    public bool Matches(ReadOnlySpan<char> path) =>
        _literals.Contains(path)
        || (path.EndsWith('/') && _literals.Contains(path[..^1]))
        || _wildcards?.IsMatch(path) == true;

    private static Regex Compile(IEnumerable<string> expressions, string group) =>
        new($@"\A({group}{string.Join('|', expressions)})/?\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
