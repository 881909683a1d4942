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

    private readonly long _now;
    private readonly JsonObject _header = [];
    private readonly JsonObject _payload = [];
    private readonly Dictionary<string, string> _patches = new(StringComparer.Ordinal);
    private string? _rawHeader;
    private string? _rawPayload;
    private string _signer;
    private string? _mutation;

    private CorpusToken(JsonElement root, JsonElement testCase, DateTimeOffset clock)
    {
        _now = clock.ToUnixTimeSeconds();
        var start = root.GetProperty("builder").GetProperty("base").GetProperty(testCase.GetProperty("context").GetString()!);
        Merge(_header, start.GetProperty("header"));
        Merge(_payload, start.GetProperty("payload"));
        _signer = start.GetProperty("sign").GetString()!;
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
            case "set_header": Merge(_header, value); break;
            case "set_payload": Merge(_payload, value); break;
            case "del_header": Remove(_header, value); break;
            case "del_payload": Remove(_payload, value); break;
            case "raw_header": _rawHeader = value.GetString(); break;
            case "raw_payload": _rawPayload = value.GetString(); break;
            case "sign": _signer = value.GetString()!; break;
            case "mutate": _mutation = value.GetString(); break;
            case "raw_payload_patch":
                foreach (var patch in value.EnumerateObject())
                {
                    _payload[patch.Name] = $"@@{patch.Name}";
                    _patches[patch.Name] = patch.Value.GetString()!;
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
        _ when text.StartsWith("@nowms", StringComparison.Ordinal) => (_now * 1000) + Offset(text["@nowms".Length..]),
        _ when text.StartsWith("@now", StringComparison.Ordinal) => _now + Offset(text["@now".Length..]),
        _ => FixtureText.Read(text),
    };

    private static decimal Offset(string text) => text.Length == 0 ? 0 : decimal.Parse(text, NumberStyles.Float);

    private string Build()
    {
        var payloadText = _patches.Aggregate(_payload.ToJsonString(Plain), (text, patch) => text.Replace($"\"@@{patch.Key}\"", patch.Value, StringComparison.Ordinal));
        var payloadPart = TokenKeys.Text(FixtureText.ReadBytes(_rawPayload ?? payloadText));
        var headerPart = TokenKeys.Text(FixtureText.ReadBytes(_rawHeader ?? _header.ToJsonString(Plain)));
        var algorithm = _header["alg"] is JsonValue alg && alg.TryGetValue<string>(out var name) ? name : null;
        var token = new CorpusSignedToken(headerPart, payloadPart, CorpusSigner.Sign(_signer, $"{headerPart}.{payloadPart}", algorithm));
        return _mutation is null ? token.ToString() : CorpusMutation.Apply(_mutation, token, _header.ToJsonString(Plain), _payload);
    }
}
