using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExtAuthz.Server.Sessions;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>Makes the values that a recording gives by content: tokens relative to its time, and seals.</summary>
internal sealed class GoldenValues(GoldenFile file, IronSeal seal)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value as it travels: a seal, a token, or the text itself.</summary>
    public string Text(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.String } => value.GetString()!, // it is a string
        { ValueKind: JsonValueKind.Object } when value.TryGetProperty("jwt", out var jwt) => Token(jwt),
        { ValueKind: JsonValueKind.Object } when value.TryGetProperty("sealed", out var content) => Seal(Content(content)!.ToJsonString(Plain)),
        _ => throw new InvalidDataException($"Not a value: {value}"),
    };

    /// <summary>JSON with every token in it made.</summary>
    public JsonNode? Content(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.Object } when value.TryGetProperty("jwt", out var jwt) => JsonValue.Create(Token(jwt)),
        { ValueKind: JsonValueKind.Object } => new JsonObject(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Content(member.Value)))),
        { ValueKind: JsonValueKind.Array } => new JsonArray([.. value.EnumerateArray().Select(Content)]),
        _ => JsonNode.Parse(value.GetRawText()),
    };

    public string Seal(string json) => seal.Seal(Encoding.UTF8.GetBytes(json), lifetime: null);

    /// <summary>The content of one of our seals, or null.</summary>
    public JsonNode? Open(string value) => seal.Open(value, content => JsonNode.Parse(content));

    private string Token(JsonElement jwt)
    {
        var claims = new JsonObject(jwt.GetProperty("claims").EnumerateObject().Select(claim => KeyValuePair.Create(claim.Name, Claim(claim.Value))));
        var input = $"{Encode(JsonNode.Parse(jwt.GetProperty("header").GetRawText())!.ToJsonString(Plain))}.{Encode(claims.ToJsonString(Plain))}";
        return $"{input}.{Base64Url.EncodeToString(file.Sign(jwt.GetProperty("signedBy").GetString()!, Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>A time of a recording in seconds, absolute or relative to its now; null for anything else.</summary>
    public static long? Seconds(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.Number when claim.TryGetInt64(out var seconds) => seconds,
        JsonValueKind.String when claim.GetString()!.StartsWith("@now", StringComparison.Ordinal) =>
            GoldenFile.Instance.Now.ToUnixTimeSeconds() + (claim.GetString()!.Length > 4 ? long.Parse(claim.GetString()![4..], NumberStyles.AllowLeadingSign) : 0),
        _ => null,
    };

    private static JsonNode? Claim(JsonElement claim) =>
        claim.ValueKind is JsonValueKind.String && Seconds(claim) is { } seconds ? JsonValue.Create(seconds) : JsonNode.Parse(claim.GetRawText());

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
