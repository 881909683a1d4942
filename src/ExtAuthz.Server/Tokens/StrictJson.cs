using System.Text.Json;
using System.Text.Unicode;

namespace ExtAuthz.Server.Tokens;

/// <summary>JSON that no two parsers read differently: UTF-8, unique member names (RFC 8725 section 2.4), whole characters, bounded depth.</summary>
internal static class StrictJson
{
    /// <summary>Whether <paramref name="utf8"/> is exactly one such object; its members' values are on level two of <paramref name="maximumDepth"/>.</summary>
    public static bool IsObject(ReadOnlySpan<byte> utf8, int maximumDepth)
    {
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maximumDepth });
            return reader.Read() && reader.TokenType is JsonTokenType.StartObject && RestIsStrict(ref reader, maximumDepth);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false; // the reader's words for a syntax error and for half a surrogate pair
        }
    }

    private static bool RestIsStrict(ref Utf8JsonReader reader, int maximumDepth)
    {
        var names = new Stack<HashSet<string>>([new HashSet<string>(StringComparer.Ordinal)]);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case var _ when reader.CurrentDepth >= maximumDepth:
                    return false;
                case JsonTokenType.StartObject:
                    names.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    names.Pop();
                    break;
                case JsonTokenType.PropertyName when !names.Peek().Add(reader.GetString()!): // a name is never null
                    return false;
                case JsonTokenType.String when reader.ValueIsEscaped:
                    reader.GetString();
                    break;
            }
        }

        return true;
    }
}
