using System.Globalization;
using System.Text;

namespace ExtAuthz.Edge.Downstream;

/// <summary>
/// Chromium's path canonicaliser as <c>normalize_path</c> uses it: backslashes are slashes, unreserved characters are decoded,
/// unsafe ones encoded, dot segments removed. Other percent-encoding stays, so nothing is decoded twice.
/// </summary>
internal static class CanonicalPath
{
    /// <summary>The canonical path, or null for one that has none (an encoded NUL).</summary>
    public static string? From(string path)
    {
        var text = new StringBuilder(path.Length);
        for (var index = 0; index < path.Length; index++)
        {
            var character = path[index];
            if (character is '%' && TryDecode(path, index, out var decoded))
            {
                if (decoded is '\0')
                {
                    return null;
                }

                text.Append(IsUnreserved(decoded) ? [decoded] : path.AsSpan(index, 3));
                index += 2;
            }
            else if (character is '\\')
            {
                text.Append('/');
            }
            else if (IsUnsafe(character))
            {
                text.Append(CultureInfo.InvariantCulture, $"%{(int)character:X2}");
            }
            else
            {
                text.Append(character);
            }
        }

        return RemoveDotSegments(text.ToString());
    }

    private static string RemoveDotSegments(string path)
    {
        var kept = new List<string>();
        var segments = path.Split('/')[1..];
        for (var index = 0; index < segments.Length; index++)
        {
            var isDots = segments[index] is "." or "..";
            if (segments[index] is ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (!isDots)
            {
                kept.Add(segments[index]);
            }
            else if (index == segments.Length - 1)
            {
                kept.Add("");
            }
        }

        return "/" + string.Join('/', kept);
    }

    private static bool TryDecode(string path, int index, out char decoded)
    {
        decoded = default;
        if (index + 2 >= path.Length || !char.IsAsciiHexDigit(path[index + 1]) || !char.IsAsciiHexDigit(path[index + 2]))
        {
            return false;
        }

        decoded = (char)Convert.FromHexString(path.AsSpan(index + 1, 2))[0];
        return true;
    }

    // RFC 3986 section 2.3
    private static bool IsUnreserved(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';

    private static bool IsUnsafe(char character) =>
        character is <= ' ' or >= (char)127 or '"' or '<' or '>' or '^' or '`' or '{' or '|' or '}';
}
