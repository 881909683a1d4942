using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace ExtAuthz.Domain.Headers;

/// <summary>
/// Makes any text fit for a header field value (RFC 9110 section 5.5): visible ASCII and inner spaces stay, all else becomes
/// percent-encoded UTF-8. The percent sign is encoded too, so that decoding is exact; in a list so is the comma.
/// </summary>
public static class HeaderText
{
    private static readonly SearchValues<char> PlainText = Visible(except: "%");
    private static readonly SearchValues<char> PlainElement = Visible(except: "%,");

    /// <summary>One value.</summary>
    public static string Encode(string text) => Encode(text, PlainText);

    /// <summary>A list: elements joined by commas, each encoded so that none can pass for two.</summary>
    public static string Encode(ImmutableArray<string> elements) => string.Join(',', elements.Select(element => Encode(element, PlainElement)));

    private static string Encode(string text, SearchValues<char> plain)
    {
        var hasOuterSpace = text.StartsWith(' ') || text.EndsWith(' ');
        if (!hasOuterSpace && !text.AsSpan().ContainsAnyExcept(plain))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length * 2);
        Span<byte> utf8 = stackalloc byte[4];
        var last = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            last += rune.Utf16SequenceLength;
            var isOuterSpace = rune.Value == ' ' && (encoded.Length == 0 || last == text.Length);
            if (rune.IsAscii && plain.Contains((char)rune.Value) && !isOuterSpace)
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(octet.ToString("X2"));
            }
        }

        return encoded.ToString();
    }

    private static SearchValues<char> Visible(string except) =>
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Except(except)]);
}
