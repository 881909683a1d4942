using System.Collections.Immutable;
using System.Text.Json;

namespace ExtAuthz.Server.Tokens;

/// <summary>
/// Reads the value a reader stands on, and leaves the reader at its end. A value of another type is read as one that no rule
/// accepts (an empty text, not a number, no items), so that "wrong" is never mistaken for "absent".
/// </summary>
internal static class JsonMembers
{
    /// <summary>A string, or an empty text.</summary>
    public static string ReadText(this ref Utf8JsonReader reader)
    {
        var text = reader.TokenType is JsonTokenType.String ? reader.GetString()! : ""; // a string token is not null
        reader.Skip();
        return text;
    }

    /// <summary>A NumericDate (RFC 7519 section 2) in seconds since 1970, or <see cref="double.NaN"/>.</summary>
    public static double ReadNumericDate(this ref Utf8JsonReader reader)
    {
        var seconds = reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : double.NaN;
        reader.Skip();
        return seconds;
    }

    /// <summary>An array of strings only, or no items.</summary>
    public static ImmutableArray<string> ReadTexts(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        var others = false;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            others |= reader.TokenType is not JsonTokenType.String;
            texts.Add(reader.ReadText());
        }

        return others ? [] : texts.ToImmutable();
    }

    /// <summary>Whether it is an object with an object as this member.</summary>
    public static bool HasObject(this ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        var found = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isMember = reader.ValueTextEquals(member);
            reader.Read();
            found |= isMember && reader.TokenType is JsonTokenType.StartObject;
            reader.Skip();
        }

        return found;
    }

    /// <summary>One string or an array of strings, as <c>aud</c> is written (RFC 7519 section 4.1.3), or no items.</summary>
    public static ImmutableArray<string> ReadTextOrTexts(this ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String ? [reader.ReadText()] : reader.ReadTexts();
}
