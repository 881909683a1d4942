using System.Globalization;

namespace ExtAuthz.Domain.Routes;

/// <summary>Reads <c>pct-encoded = "%" HEXDIG HEXDIG</c> (RFC 3986 section 2.1); one octet becomes one char.</summary>
internal static class PercentTriplet
{
    /// <summary>Reads the triplet that <paramref name="text"/> starts with, if it does.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out char octet)
    {
        var isTriplet = text is ['%', _, _, ..] && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);
        octet = isTriplet ? (char)byte.Parse(text[1..3], NumberStyles.AllowHexSpecifier) : '\0';
        return isTriplet;
    }

    /// <summary>Whether every <c>%</c> starts a triplet.</summary>
    public static bool AreAllComplete(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && !TryRead(text[i..], out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Decodes one layer in place and leaves every other <c>%</c> alone; the answer is the shorter part that is left.</summary>
    public static Span<char> DecodeOnce(Span<char> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isTriplet = TryRead(text[i..], out var octet);
            text[length++] = isTriplet ? octet : text[i];
            i += isTriplet ? 2 : 0;
        }

        return text[..length];
    }
}
