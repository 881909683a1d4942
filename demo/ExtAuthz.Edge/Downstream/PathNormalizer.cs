using System.Text.RegularExpressions;

namespace ExtAuthz.Edge.Downstream;

/// <summary>
/// Envoy's order: refuse a fragment, unescape slashes, canonicalise, merge slashes; never touch the query
/// (<c>ConnectionManagerUtility::maybeNormalizePath</c>, <c>path_utility.cc</c>).
/// </summary>
internal static partial class PathNormalizer
{
    public static PathVerdict Normalize(string target, EdgeOptions options)
    {
        if (target.Contains('#', StringComparison.Ordinal))
        {
            return new PathVerdict.Reject();
        }

        var cut = target.IndexOf('?', StringComparison.Ordinal);
        var path = cut < 0 ? target : target[..cut];
        var query = cut < 0 ? "" : target[cut..];

        var hasEscapedSlash = EscapedSlash().IsMatch(path);
        if (hasEscapedSlash && options.EscapedSlashes is EscapedSlashesAction.Reject)
        {
            return new PathVerdict.Reject();
        }

        if (options.EscapedSlashes is not EscapedSlashesAction.KeepUnchanged)
        {
            path = EscapedSlash().Replace(path, match => match.ValueSpan is "%2F" or "%2f" ? "/" : "\\");
        }

        if (options.NormalizePath)
        {
            if (CanonicalPath.From(path) is not { } canonical)
            {
                return new PathVerdict.Reject();
            }

            path = canonical;
        }

        if (options.MergeSlashes)
        {
            path = Slashes().Replace(path, "/");
        }

        return hasEscapedSlash && options.EscapedSlashes is EscapedSlashesAction.UnescapeAndRedirect
            ? new PathVerdict.Redirect(path + query)
            : new PathVerdict.Forward(path + query);
    }

    [GeneratedRegex("%(?:2[Ff]|5[Cc])", RegexOptions.NonBacktracking)]
    private static partial Regex EscapedSlash();

    [GeneratedRegex("//+", RegexOptions.NonBacktracking)]
    private static partial Regex Slashes();
}
