using System.Buffers;
using System.Text;
using static ExtAuthz.Domain.Routes.PathPatternResult;

namespace ExtAuthz.Domain.Routes;

/// <summary>
/// One entry of a list of paths, in the spelling of AuthKit's <c>unauthenticatedPaths</c> with two additions: <c>*</c> is one segment or a part of one,
/// <c>**</c> any number of segments. A pattern means what it says: what AuthKit's URL parser would cut off or rewrite is refused.
/// </summary>
public sealed class PathPattern
{
    /// <summary>A path that shares no word with any real one: a pattern for it is a pattern for everything.</summary>
    private const string AnyPath = "/qzx/jqv/qzx/jqv/qzx/jqv/qzx/jqv/qzx/jqv";

    private static readonly SearchValues<char> Scheme = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private PathPattern(string path, string expression, bool isLiteral) => (Path, Expression, IsLiteral) = (path, expression, isLiteral);

    /// <summary>The pattern from its <c>/</c> on, percent-encoded as browsers do.</summary>
    internal string Path { get; }

    /// <summary>The same as a regular expression, without anchors and without the optional trailing slash.</summary>
    internal string Expression { get; }

    /// <summary>Whether there is no wildcard in it.</summary>
    internal bool IsLiteral { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern; a missing leading <c>/</c> is added.</param>
    /// <param name="allowAllPaths">Accept a pattern for every path, such as <c>/**</c>. It switches authentication off.</param>
    public static PathPatternResult Parse(string pattern, bool allowAllPaths = false)
    {
        if (FindFault(pattern) is { } fault)
        {
            return fault;
        }

        var path = PercentEncode(pattern.StartsWith('/') ? pattern : '/' + pattern);
        var parser = new PathPatternParser(path);
        if (parser.Parse() is { } syntaxFault)
        {
            return syntaxFault;
        }

        var parsed = new PathPattern(path, parser.Expression, parser.IsLiteral);
        return !allowAllPaths && new PathPatternSet([parsed]).Matches(AnyPath)
            ? new Invalid("It matches every path, so nothing would need a session.", "List the public paths, or set UnsafeAllowAllPaths.")
            : new Parsed(parsed);
    }

    /// <summary>The pattern as it is matched.</summary>
    public override string ToString() => Path;

    private static Invalid? FindFault(string pattern) => pattern switch
    {
        "" => new("It is empty.", "Write / for the start page, or remove the entry."),
        _ when pattern.Any(char.IsControl) || pattern[0] == ' ' || pattern[^1] == ' ' => new("It has a control character, or a space around it.", "Remove it."),
        _ when pattern.Contains('?') => new("It has a '?', but the query of a request is never matched.", "Remove the query; for an optional segment list the path with and without it."),
        _ when pattern.Contains('#') => new("It has a '#', but a fragment never reaches a server.", "Remove the fragment."),
        _ when pattern.Contains('\\') => new("It has a backslash, which AuthKit reads as '/'.", "Write character classes out, such as [0-9]."),
        _ when pattern.AsSpan().ContainsAny('{', '}') => new("It has braces, which AuthKit reads as plain text.", "List each variant as its own path, or write :name(one|other)."),
        _ when NamesHost(pattern) => new("It names a scheme or a host, but only paths are matched.", "Write the path alone, from its '/'."),
        _ when HasDotSegment(pattern) => new("It has a '.' or '..' segment, which is never public.", "Write the path that it leads to."),
        _ => null,
    };

    private static bool NamesHost(string pattern) => pattern.StartsWith("//", StringComparison.Ordinal)
        || (char.IsAsciiLetter(pattern[0]) && pattern.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
            && pattern.AsSpan(0, colon).IndexOfAnyExcept(Scheme) < 0);

    private static bool HasDotSegment(string pattern) =>
        pattern.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Split('/').Any(segment => segment is "." or "..");

    /// <summary>WHATWG URL, path percent-encode set, as far as <see cref="FindFault"/> lets it through.</summary>
    private static string PercentEncode(string path) => PercentEncode(Encoding.UTF8.GetBytes(path).Select(octet => (char)octet));

    /// <summary>The same of octets, one char each.</summary>
    internal static string PercentEncode(IEnumerable<char> octets)
    {
        var encoded = new StringBuilder();
        foreach (var octet in octets)
        {
            _ = octet > 0x7E || " \"<>`".Contains(octet, StringComparison.Ordinal) ? encoded.Append($"%{(int)octet:X2}") : encoded.Append(octet);
        }

        return encoded.ToString();
    }
}
