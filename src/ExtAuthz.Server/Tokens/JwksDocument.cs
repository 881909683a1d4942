using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace ExtAuthz.Server.Tokens;

/// <summary>Reads a key set document: <c>{"keys":[{"kty":…},…]}</c> (RFC 7517 section 5).</summary>
internal static class JwksDocument
{
    /// <summary>How large a document may be, in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;

    private const int MaximumDepth = 8;
    private const int MaximumUsableKeys = 64;

    /// <summary>Members of a private key (RFC 7518 sections 6.2.2 and 6.3.2).</summary>
    private static readonly ImmutableArray<string> PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth"];

    /// <summary>Takes the keys that can be used; one bad key does not spoil the others, a private one does.</summary>
    public static JwksResult Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaximumBytes)
        {
            return new JwksResult.Refused(JwksFault.TooLarge);
        }

        if (!StrictJson.IsObject(utf8.Span, MaximumDepth))
        {
            return new JwksResult.Refused(JwksFault.Malformed);
        }

        using var document = JsonDocument.Parse(utf8);
        return document.RootElement.TryGetProperty("keys", out var keys) && keys.ValueKind is JsonValueKind.Array
            ? ReadKeys(keys)
            : new JwksResult.Refused(JwksFault.Malformed);
    }

    /// <summary>Writes a document of these keys, with what is needed to verify and nothing else.</summary>
    public static byte[] Write(JsonWebKeySet set)
    {
        var document = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(document);
        json.WriteStartObject();
        json.WriteStartArray("keys");
        foreach (var key in set.Keys)
        {
            key.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return document.WrittenSpan.ToArray();
    }

    private static JwksResult ReadKeys(JsonElement keys)
    {
        if (keys.EnumerateArray().Any(IsPrivate))
        {
            return new JwksResult.Refused(JwksFault.PrivateKey);
        }

        var usable = keys.EnumerateArray().Select(JsonWebKey.Import).OfType<JsonWebKey>();
        var unambiguous = usable.GroupBy(static key => key.KeyId, StringComparer.Ordinal)
            .Where(static sameId => sameId.Key is null || sameId.Count() == 1)
            .SelectMany(static sameId => sameId)
            .ToImmutableArray();
        return unambiguous.Length switch
        {
            0 => new JwksResult.Refused(JwksFault.NoUsableKey),
            > MaximumUsableKeys => new JwksResult.Refused(JwksFault.TooManyKeys),
            _ => new JwksResult.Accepted(new JsonWebKeySet(unambiguous)),
        };
    }

    private static bool IsPrivate(JsonElement key) =>
        key.ValueKind is JsonValueKind.Object && PrivateMembers.Any(name => key.TryGetProperty(name, out _));
}
