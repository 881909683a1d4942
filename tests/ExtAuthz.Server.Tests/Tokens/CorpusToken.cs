using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>Builds a token from the corpus' small language: a base token, then set, delete, raw, sign and mutate.</summary>
internal sealed class CorpusToken
{
    /// <summary>What <c>@at_hash</c> hashes.</summary>
    public const string AccessTokenBesideIdToken = "the access token beside the ID token";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2000 };

    private readonly long now;
    private readonly JsonObject header = [];
    private readonly JsonObject payload = [];
    private readonly Dictionary<string, string> patches = new(StringComparer.Ordinal);
    private string? rawHeader;
    private string? rawPayload;
    private string signer;
    private string? mutation;

    private CorpusToken(JsonElement root, JsonElement testCase, DateTimeOffset clock)
    {
        now = clock.ToUnixTimeSeconds();
        var start = root.GetProperty("builder").GetProperty("base").GetProperty(testCase.GetProperty("context").GetString()!);
        Merge(header, start.GetProperty("header"));
        Merge(payload, start.GetProperty("payload"));
        signer = start.GetProperty("sign").GetString()!;
        foreach (var operation in testCase.GetProperty("ops").EnumerateArray().SelectMany(op => op.EnumerateObject()))
        {
            Apply(operation.Name, operation.Value);
        }
    }

    /// <summary>The key set that the cases are about.</summary>
    public static byte[] KeySet() => TokenKeys.Set(
        TokenKeys.Jwk(TokenKeys.K1, "k1", "RS256", "sig"),
        TokenKeys.Jwk(TokenKeys.K2, "k2", "RS256", "sig"),
        TokenKeys.Jwk(TokenKeys.Curve, "e1", "ES256", "sig"),
        TokenKeys.Jwk(TokenKeys.Pss, "p1", "PS256", "sig"),
        TokenKeys.Jwk(TokenKeys.Encryption, "enc1", use: "enc"),
        new JsonObject { ["kty"] = "oct", ["k"] = TokenKeys.Text(TokenKeys.Octets), ["kid"] = "o1" },
        TokenKeys.Jwk(TokenKeys.Weak, "weak", use: "sig"));

    public static string Build(JsonElement root, JsonElement testCase, DateTimeOffset clock) => new CorpusToken(root, testCase, clock).Build();

    private void Apply(string operation, JsonElement value)
    {
        switch (operation)
        {
            case "set_header": Merge(header, value); break;
            case "set_payload": Merge(payload, value); break;
            case "del_header": Remove(header, value); break;
            case "del_payload": Remove(payload, value); break;
            case "raw_header": rawHeader = value.GetString(); break;
            case "raw_payload": rawPayload = value.GetString(); break;
            case "sign": signer = value.GetString()!; break;
            case "mutate": mutation = value.GetString(); break;
            case "raw_payload_patch":
                foreach (var patch in value.EnumerateObject())
                {
                    payload[patch.Name] = $"@@{patch.Name}";
                    patches[patch.Name] = patch.Value.GetString()!;
                }

                break;
            default: throw new InvalidDataException($"The corpus uses an operation that is not known here: {operation}");
        }
    }

    private void Merge(JsonObject target, JsonElement members)
    {
        foreach (var member in members.EnumerateObject())
        {
            target[member.Name] = member.Value.ValueKind is JsonValueKind.String ? Value(member.Value.GetString()!) : JsonNode.Parse(member.Value.GetRawText());
        }
    }

    private static void Remove(JsonObject target, JsonElement names)
    {
        foreach (var name in names.EnumerateArray())
        {
            target.Remove(name.GetString()!);
        }
    }

    private JsonNode Value(string text) => text switch
    {
        "@JWK_X" => TokenKeys.Jwk(TokenKeys.Stranger),
        "@at_hash" => TokenKeys.Text(SHA256.HashData(Encoding.ASCII.GetBytes(AccessTokenBesideIdToken)).AsSpan(0, 16)),
        _ when text.StartsWith("@nowms", StringComparison.Ordinal) => (now * 1000) + Offset(text["@nowms".Length..]),
        _ when text.StartsWith("@now", StringComparison.Ordinal) => now + Offset(text["@now".Length..]),
        _ => FixtureText.Read(text),
    };

    private static decimal Offset(string text) => text.Length == 0 ? 0 : decimal.Parse(text, NumberStyles.Float);

    private string Build()
    {
        var payloadText = patches.Aggregate(payload.ToJsonString(Plain), (text, patch) => text.Replace($"\"@@{patch.Key}\"", patch.Value, StringComparison.Ordinal));
        var payloadPart = TokenKeys.Text(FixtureText.ReadBytes(rawPayload ?? payloadText));
        var headerPart = TokenKeys.Text(FixtureText.ReadBytes(rawHeader ?? header.ToJsonString(Plain)));
        var algorithm = header["alg"] is JsonValue alg && alg.TryGetValue<string>(out var name) ? name : null;
        var token = new CorpusSignedToken(headerPart, payloadPart, CorpusSigner.Sign(signer, $"{headerPart}.{payloadPart}", algorithm));
        return mutation is null ? token.ToString() : CorpusMutation.Apply(mutation, token, header.ToJsonString(Plain), payload);
    }
}
