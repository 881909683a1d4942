using System.Buffers;
using System.Buffers.Text;

namespace ExtAuthz.Server.Tokens;

/// <summary>
/// Base64url as RFC 7515 section 2 writes it: its 64 characters only, no padding, unused bits zero.
/// So that every value has one text, and a changed text is a changed value.
/// </summary>
internal static class CanonicalBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The bytes of <paramref name="text"/>, or null if it is empty or not canonical.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(Alphabet) && EndsInZeroBits(text) ? Base64Url.DecodeFromChars(text) : null;

    private static bool EndsInZeroBits(ReadOnlySpan<char> text) => (text.Length % 4) switch
    {
        0 => true,
        2 => "AQgw".Contains(text[^1], StringComparison.Ordinal),
        3 => "AEIMQUYcgkosw048".Contains(text[^1], StringComparison.Ordinal),
        _ => false,
    };
}
