using System.Text.Json;

namespace ExtAuthz.Server.Tokens;

/// <summary>A public key of a provider, ready to verify (RFC 7517 section 4). Safe for concurrent use.</summary>
/// <param name="keyId">Its <c>kid</c>, if it has one.</param>
/// <param name="algorithm">Its <c>alg</c>; without one it serves every algorithm of its kind.</param>
/// <param name="material">The key itself in text; equal texts are equal keys.</param>
internal abstract class JsonWebKey(string? keyId, string? algorithm, string material)
{
    public string? KeyId { get; } = keyId;

    /// <summary>Equal for keys that are the same in every respect.</summary>
    public string Identity { get; } = $"{keyId} {algorithm} {material}";

    /// <summary>Imports a key that can verify signatures, or null: another kind or use, too weak, or malformed (rule J18).</summary>
    public static JsonWebKey? Import(JsonElement key)
    {
        if (key.ValueKind is not JsonValueKind.Object || !IsForSignatures(key) || Text(key, "kid") is "" || Text(key, "alg") is "")
        {
            return null;
        }

        return Text(key, "kty") switch
        {
            "RSA" => RsaJsonWebKey.Import(key, Text(key, "kid"), Text(key, "alg")),
            "EC" => EllipticCurveJsonWebKey.Import(key, Text(key, "kid"), Text(key, "alg")),
            _ => null,
        };
    }

    /// <summary>Whether <paramref name="wanted"/> is this key's algorithm.</summary>
    public bool Fits(SignatureAlgorithm wanted) => (algorithm is null || string.Equals(algorithm, wanted.Name, StringComparison.Ordinal)) && IsOfKind(wanted);

    /// <summary>Whether the signature holds.</summary>
    public abstract bool Verify(SignatureAlgorithm wanted, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>Writes it so that <see cref="Import"/> brings the same key.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMaterialTo(json);
        foreach (var (name, value) in new[] { ("kid", KeyId), ("alg", algorithm) })
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Writes <c>kty</c> and what belongs to it (RFC 7518 section 6).</summary>
    protected abstract void WriteMaterialTo(Utf8JsonWriter json);

    protected abstract bool IsOfKind(SignatureAlgorithm wanted);

    /// <summary>A member's text: null if it is absent, empty if it is no string.</summary>
    protected static string? Text(JsonElement key, string name) => key.TryGetProperty(name, out var value) ? TextOf(value) : null;

    private static bool IsForSignatures(JsonElement key) =>
        Text(key, "use") is null or "sig"
        && (!key.TryGetProperty("key_ops", out var operations)
            || (operations.ValueKind is JsonValueKind.Array && operations.EnumerateArray().Any(static operation => TextOf(operation) is "verify")));

    private static string TextOf(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : ""; // a string is not null
}
