using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ExtAuthz.Tests.Shared;

/// <summary>Reads what JSON cannot spell: <c>@utf16:d800</c> is one lone UTF-16 code unit, a leading <c>@latin1:</c> says the rest is ISO-8859-1 bytes.</summary>
internal static partial class FixtureText
{
    private const string Latin1 = "@latin1:";

    /// <summary>The text a case means; bytes of a <c>@latin1:</c> text are one char each.</summary>
    public static string Read(string text) => text.StartsWith(Latin1, StringComparison.Ordinal)
        ? text[Latin1.Length..]
        : CodeUnit().Replace(text, marker => ((char)ushort.Parse(marker.Groups["hex"].Value, NumberStyles.HexNumber)).ToString());

    /// <summary>The bytes a case means: ISO-8859-1 for a <c>@latin1:</c> text, otherwise UTF-8.</summary>
    public static byte[] ReadBytes(string text) =>
        (text.StartsWith(Latin1, StringComparison.Ordinal) ? Encoding.Latin1 : Encoding.UTF8).GetBytes(Read(text));

    [GeneratedRegex("@utf16:(?<hex>[0-9A-Fa-f]{4})", RegexOptions.NonBacktracking)]
    private static partial Regex CodeUnit();
}
