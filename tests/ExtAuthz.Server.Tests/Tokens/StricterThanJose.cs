using System.Buffers.Text;
using System.Text.Json;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>The rules by which we refuse, on purpose, tokens that the reference's library accepts.</summary>
internal static class StricterThanJose
{
    /// <summary>J3 repeated members, J5 a header that changes the meaning, J6 a token of another kind, J10 issued in the future, J14 no subject.</summary>
    public static bool Refuses(string token, DateTimeOffset now)
    {
        if (token.Split('.') is not [var header, var payload, _] || Parse(header) is not { } head || Parse(payload) is not { } claims)
        {
            return false;
        }

        return RepeatsMembers(head) || RepeatsMembers(claims)
            || new[] { "b64", "zip", "enc", "cty" }.Any(name => head.TryGetProperty(name, out _))
            || (head.TryGetProperty("typ", out var typ) && typ.GetString()?.ToUpperInvariant() is not ("JWT" or "AT+JWT" or "APPLICATION/JWT" or "APPLICATION/AT+JWT"))
            || (claims.TryGetProperty("iat", out var iat) && iat.ValueKind is JsonValueKind.Number && iat.GetDouble() > now.ToUnixTimeSeconds() + 60)
            || !claims.TryGetProperty("sub", out var sub) || sub.ValueKind is not JsonValueKind.String || sub.GetString() is "";
    }

    private static JsonElement? Parse(string part)
    {
        try
        {
            return JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement is { ValueKind: JsonValueKind.Object } element ? element : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return null;
        }
    }

    private static bool RepeatsMembers(JsonElement element) =>
        element.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).Any(same => same.Count() > 1);
}
