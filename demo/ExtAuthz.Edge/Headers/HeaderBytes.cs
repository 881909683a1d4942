using System.Buffers;
using System.Text;

namespace ExtAuthz.Edge.Headers;

/// <summary>Between the bytes of a header and the text of a protobuf message.</summary>
internal static class HeaderBytes
{
    /// <summary>The bytes of a text, one char each.</summary>
    public static string FromText(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes of a header value.</summary>
    public static byte[] ToArray(string value) => Encoding.Latin1.GetBytes(value);

    /// <summary>The text of a header value; a byte that is not UTF-8 becomes <c>!</c> (<c>sanitizeUtf8String</c>).</summary>
    public static string ToText(string value)
    {
        ReadOnlySpan<byte> rest = ToArray(value);
        var text = new StringBuilder(rest.Length);
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var consumed) is OperationStatus.Done)
            {
                text.Append(rune);
                rest = rest[consumed..];
            }
            else
            {
                text.Append('!');
                rest = rest[1..];
            }
        }

        return text.ToString();
    }
}
