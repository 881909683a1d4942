using System.Text;
using System.Text.Json.Nodes;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>The corpus' named changes of a finished token.</summary>
internal static class CorpusMutation
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static string Apply(string mutation, CorpusSignedToken token, string header, JsonObject payload)
    {
        var text = token.ToString();
        var signature = token.Signature;
        return mutation switch
        {
            "flip_sig_first" => Signed(Flipped(signature, 0)),
            "flip_sig_last" => Signed(Flipped(signature, signature.Length - 1)),
            "truncate_sig" => Signed(signature[..^1]),
            "extend_sig" => Signed([.. signature, 0]),
            "zero_sig" => Signed(new byte[256]),
            "empty_sig" => Signed([]),
            "sig_of_other_token" => Signed(CorpusSigner.Sign("K1", "a.b", algorithm: null)),
            "payload_swapped" => (token with { Payload = TokenKeys.Text(OfSomeoneElse(payload)) }).ToString(),
            "header_swapped" => (token with { Header = TokenKeys.Text(new StringBuilder(header).Replace(",", ", ", 0, header.IndexOf(',', StringComparison.Ordinal) + 1).ToString()) }).ToString(),
            "two_parts" => $"{token.Header}.{token.Payload}",
            "one_part" => token.Header,
            "four_parts" => text + ".x",
            "five_parts" => text + ".x.y",
            "three_dots" => "...",
            "empty" => "",
            "leading_space" => " " + text,
            "trailing_newline" => text + "\n",
            "inner_newline" => text.Insert(token.Header.Length + 11, "\n"),
            "bearer_prefix" => "Bearer " + text,
            "quoted" => $"\"{text}\"",
            "padded" => text + "==",
            "std_base64" => $"{token.Header}.{token.Payload}.{Convert.ToBase64String(signature).TrimEnd('=')}",
            "url_encoded_dots" => text.Replace(".", "%2E", StringComparison.Ordinal),
            "json_serialization" => new JsonObject { ["protected"] = token.Header, ["payload"] = token.Payload, ["signature"] = TokenKeys.Text(signature) }.ToJsonString(),
            "utf16" => Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text)),
            "cyrillic_e" => new StringBuilder(text).Replace('e', '\u0435', 0, text.IndexOf('e', StringComparison.Ordinal) + 1).ToString(),
            "noncanonical_bits" => text[..^1] + Alphabet[Alphabet.IndexOf(text[^1], StringComparison.Ordinal) | 1],
            "lowercased" => text.ToLowerInvariant(),
            "huge" => $"{token.Header}.{new string('A', 1 << 20)}.{TokenKeys.Text(signature)}",
            _ => throw new InvalidDataException($"The corpus uses a change that is not known here: {mutation}"),
        };

        string Signed(byte[] other) => (token with { Signature = other }).ToString();
    }

    private static byte[] Flipped(byte[] bytes, int index)
    {
        var flipped = bytes.ToArray();
        flipped[index] ^= 1;
        return flipped;
    }

    private static string OfSomeoneElse(JsonObject payload)
    {
        var other = payload.DeepClone().AsObject();
        other["sub"] = "user_9";
        return other.ToJsonString();
    }
}
