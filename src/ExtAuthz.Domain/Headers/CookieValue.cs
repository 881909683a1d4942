using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ExtAuthz.Domain.Headers;

/// <summary>Decodes cookie values: percent-encoding once (RFC 3986 section 2.1), no quotes, no plus signs.</summary>
internal static class CookieValue
{
    /// <summary>The longest value that is read.</summary>
    private const int MaxLength = 16 * 1024;

    /// <summary>The value; null when it is too long, a <c>%</c> is not followed by two hex digits, or the result is not UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<char> raw)
    {
        if (raw.Length > MaxLength)
        {
            return null;
        }

        return raw.Contains('%') ? DecodePercent(raw) : raw.ToString();
    }

    private static string? DecodePercent(ReadOnlySpan<char> raw)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(raw)];
        Encoding.UTF8.GetBytes(raw, bytes);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++, length++)
        {
            if (bytes[i] != '%')
            {
                bytes[length] = bytes[i];
                continue;
            }

            if (i + 2 >= bytes.Length || !byte.TryParse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, provider: null, out bytes[length]))
            {
                return null;
            }

            i += 2;
        }

        var decoded = bytes.AsSpan(0, length);
        return Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }
}
