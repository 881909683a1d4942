using System.Buffers;
using System.Text.Unicode;

namespace ExtAuthz.Domain.Routes;

/// <summary>
/// Tells paths that everybody reads alike from those that a lenient upstream may read differently than we do.
/// <code>
/// path    = "/" *( pchar / "/" )                       ; RFC 3986 section 3.3
/// pchar   = unreserved / pct-encoded / sub-delims / ":" / "@"
/// </code>
/// <c>;</c> is a sub-delim that servlet containers cut off; <c>[ ] |</c> are not pchar, but browsers send them.
/// </summary>
internal static class PathShapeReader
{
    private const int LongestTarget = 8192;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~$&'()*+,=:@![]|");

    private static readonly SearchValues<char> Structural = SearchValues.Create("/\\.%;?#");

    private static readonly SearchValues<char> NeverInTarget =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(code => (char)code), '\x7F', '#']);

    public static PathShape Read(RequestTarget target)
    {
        ReadOnlySpan<char> path = target.Path;
        if (path is not ['/', ..] || target.Length > LongestTarget || path.ContainsAny(NeverInTarget) || target.Query.AsSpan().ContainsAny(NeverInTarget))
        {
            return PathShape.Malformed;
        }

        var shape = path.ContainsAnyExcept(Plain) ? ReadUnusual(path) : PathShape.Plain;
        return shape is PathShape.Plain && PathSegments.HaveEmptyOrDot(path) ? PathShape.Ambiguous : shape;
    }

    private static PathShape ReadUnusual(ReadOnlySpan<char> path)
    {
        Span<byte> octets = stackalloc byte[path.Length];
        var length = 0;
        var ambiguous = false;
        for (var i = 0; i < path.Length; i++)
        {
            var character = path[i];
            if (character == '%')
            {
                if (!PercentTriplet.TryRead(path[i..], out character) || (char.IsAscii(character) && char.IsControl(character)))
                {
                    return PathShape.Malformed;
                }

                ambiguous |= Structural.Contains(character);
                i += 2;
            }
            else if (character == '\\' || !char.IsAscii(character))
            {
                return PathShape.Malformed;
            }
            else
            {
                ambiguous |= !Plain.Contains(character);
            }

            octets[length++] = (byte)character;
        }

        return ambiguous || !Utf8.IsValid(octets[..length]) ? PathShape.Ambiguous : PathShape.Plain;
    }
}
