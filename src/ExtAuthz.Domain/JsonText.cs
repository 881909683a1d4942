using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ExtAuthz.Domain;

/// <summary>
/// Reads JSON strings as JavaScript does. A lone surrogate such as <c>\ud800</c> is legal JSON (RFC 8259 section 8.2) and
/// comes from <c>JSON.stringify</c>, but <see cref="Utf8JsonReader.GetString"/> throws on it.
/// </summary>
public static class JsonText
{
    /// <summary>The string or property name under the reader; null when something else is there. The text must be known to be UTF-8.</summary>
    public static string? ReadString(ref readonly Utf8JsonReader reader) => reader.TokenType switch
    {
        not (JsonTokenType.String or JsonTokenType.PropertyName) => null,
        _ when reader.ValueIsEscaped => Unescape(reader.ValueSpan),
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    /// <summary>Resolves the escapes of a well-formed string (RFC 8259 section 7), given without its quotes.</summary>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = Encoding.UTF8.GetString(escaped);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            var escape = text[++i];
            result.Append(escape switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier),
                _ => escape,
            });
            i += escape is 'u' ? 4 : 0;
        }

        return result.ToString();
    }
}
