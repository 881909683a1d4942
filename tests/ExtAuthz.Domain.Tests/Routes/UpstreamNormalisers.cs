using System.Globalization;
using System.Text.RegularExpressions;

namespace ExtAuthz.Domain.Tests.Routes;

/// <summary>What servers behind us may make of a path before they route it.</summary>
internal static class UpstreamNormalisers
{
    public static IReadOnlyDictionary<string, Func<string, string>> All { get; } = new Dictionary<string, Func<string, string>>(StringComparer.Ordinal)
    {
        ["RFC 3986 dot segments"] = RemoveDotSegments,
        ["nginx merge_slashes"] = MergeSlashes,
        ["IIS backslashes"] = TurnBackslashes,
        ["Tomcat path parameters"] = path => RemoveDotSegments(StripParameters(path)),
        ["decode once"] = path => AsServed(Decode(path)),
        ["decode twice"] = path => AsServed(Decode(Decode(path))),
    };

    /// <summary>A lenient server does all of it after decoding.</summary>
    private static string AsServed(string path) => RemoveDotSegments(MergeSlashes(StripParameters(TurnBackslashes(path.Split('?', '#', '\0')[0]))));

    private static string RemoveDotSegments(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/').Skip(1))
        {
            switch (segment)
            {
                case ".":
                    break;
                case ".." when kept.Count > 0:
                    kept.RemoveAt(kept.Count - 1);
                    break;
                case "..":
                    break;
                default:
                    kept.Add(segment);
                    break;
            }
        }

        return "/" + string.Join('/', kept);
    }

    private static string MergeSlashes(string path) => Regex.Replace(path, "/+", "/", RegexOptions.NonBacktracking);

    private static string TurnBackslashes(string path) => path.Replace('\\', '/');

    private static string StripParameters(string path) => Regex.Replace(path, ";[^/]*", "", RegexOptions.NonBacktracking);

    private static string Decode(string path) => Regex.Replace(
        path, "%[0-9A-Fa-f]{2}", triplet => ((char)byte.Parse(triplet.ValueSpan[1..], NumberStyles.HexNumber)).ToString(), RegexOptions.NonBacktracking);
}
