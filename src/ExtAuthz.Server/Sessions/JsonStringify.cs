using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ExtAuthz.Domain;

namespace ExtAuthz.Server.Sessions;

/// <summary>Writes JSON text as JavaScript's <c>JSON.stringify</c> does: no white space, no escape that is not needed, lone surrogates escaped.</summary>
internal static class JsonStringify
{
    /// <summary>Writes a string with its quotes.</summary>
    public static StringBuilder AppendString(this StringBuilder json, string text)
    {
        json.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                json.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ when char.IsSurrogate(c) => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        return json.Append('"');
    }

    /// <summary>Writes any value; numbers keep their spelling.</summary>
    public static StringBuilder AppendValue(this StringBuilder json, JsonElement value)
    {
        char separator;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                separator = '{';
                foreach (var member in value.EnumerateObject())
                {
                    json.Append(separator).AppendString(JsonText.Unescape(JsonMarshal.GetRawUtf8PropertyName(member))).Append(':').AppendValue(member.Value);
                    separator = ',';
                }

                return json.Append(separator is '{' ? "{}" : "}");
            case JsonValueKind.Array:
                separator = '[';
                foreach (var item in value.EnumerateArray())
                {
                    json.Append(separator).AppendValue(item);
                    separator = ',';
                }

                return json.Append(separator is '[' ? "[]" : "]");
            case JsonValueKind.String:
                return json.AppendString(JsonText.Unescape(JsonMarshal.GetRawUtf8Value(value)[1..^1]));
            default:
                return json.Append(value.GetRawText());
        }
    }
}
