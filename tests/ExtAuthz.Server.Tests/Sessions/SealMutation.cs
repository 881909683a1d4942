using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Server.Sessions;

namespace ExtAuthz.Server.Tests.Sessions;

/// <summary>The language of <c>seal_mutations</c>: applies a described damage to a good seal of <see cref="Seals.Password"/>.</summary>
internal static class SealMutation
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly (string Pattern, Func<string, GroupCollection, string> Apply)[] Changes =
    [
        ("empty", (_, _) => ""),
        (@"(?:of )?(\d+) characters", (_, said) => new string('A', int.Parse(said[1].Value))),
        ("flip(?: one| first)?(?: character)?", (part, _) => Other(part[0], 4) + part[1..]),
        ("flip last(?: character)?", (part, _) => part[..^1] + Other(part[^1], 4)),
        ("append (.*)", (part, said) => part + said[1]),
        (@"standard base64 alphabet \(\+ /\)", (part, _) => $"+/{part[2..]}"),
        ("change unused trailing bits", (part, _) => part[..^1] + Other(part[^1], 1)),
        ("length not a multiple of 16", (part, _) => Base64Url.EncodeToString(Base64Url.DecodeFromChars(part).AsSpan(1))),
        ("far future.*", (_, _) => $"{Seals.Now.AddYears(10).ToUnixTimeMilliseconds()}"),
        (@"now ([+-]) (\d+) s", (_, said) => $"{Seals.Now.ToUnixTimeMilliseconds() + (1000 * int.Parse(said[1].Value + said[2].Value))}"),
        ("(leading|trailing) (space|tab|newline)", (part, said) => Spaced(part, said[1].Value, said[2].Value)),
        ("upper[ -]?case", (part, _) => part.ToUpperInvariant()),
        (@"not a number|(\S*)", (_, said) => said[1].Success ? said[1].Value : "soon"),
    ];

    private static readonly (string Pattern, Func<string, GroupCollection, byte[]> Apply)[] Contents =
    [
        (@"has no (\w+)", (json, said) => Edited(json, session => session.Remove(said[1].Value))),
        ("has (?:extra|unknown) (?:members?|keys?)", (json, _) => Edited(json, session => session["unknown"] = 1)),
        (@"(\w+) is a number", (json, said) => Edited(json, session => session[said[1].Value] = 1)),
        (@"is (\w*null|\d+|true|false|\{.*|\[.*|"".*)", (_, said) => Encoding.UTF8.GetBytes(said[1].Value)),
        ("is an? (?:empty )?(array|object|string|number)", (_, said) => Encoding.UTF8.GetBytes(said[1].Value switch { "array" => "[]", "object" => "{}", "string" => "\"x\"", _ => "1" })),
        ("is (?:empty|not JSON)", (_, _) => []),
        ("is not UTF-8", (json, _) => [.. Encoding.UTF8.GetBytes(json)[..^1], .. ",\"x\":\""u8, 0xff, .. "\"}"u8]),
        (@"is (\d+) KiB of nested arrays", (json, said) => Encoding.UTF8.GetBytes($"{json[..^1]},\"x\":{Nested(512 * int.Parse(said[1].Value))}}}")),
        ("user.id differs from the token sub", (_, _) => Encoding.UTF8.GetBytes(Json(Seals.Session(user: "user_2")))),
    ];

    private static readonly (string Pattern, Func<string, GroupCollection, string> Apply)[] Operations =
    [
        ("none", (seal, _) => seal),
        ("replace suffix ~2 by nothing", (seal, _) => seal[..^2]),
        ("suffix (.*)", (seal, said) => seal[..^2] + said[1]),
        (@"part(\d)(?: \(.*?\))? (?:= )?(.+?)(, signed)?", (seal, said) => ChangePart(seal, said[1].Value[0] - '0', said[2].Value, said[3].Success)),
        (@"(\d+) parts", (seal, said) => Joined([.. Parts(seal).Append("x").Append("x").Take(int.Parse(said[1].Value))])),
        ("(leading|trailing) (space|tab|newline)", (seal, said) => Spaced(seal, said[1].Value, said[2].Value)),
        (@"swap part(\d) and part(\d)", (seal, said) => Swap(seal, said[1].Value[0] - '0', said[2].Value[0] - '0')),
        (@"take part0-(\d) of seal A and part\d-7 of seal B", (seal, said) => Splice(seal, Seals.Codec().Seal(Seals.Session("session_B")).Value, said[1].Value[0] - '0' + 1)),
        ("sealed with another password", (_, _) => Seals.Codec("another password of no fewer than 32 characters").Seal(Seals.Session()).Value),
        ("sealed with a password shorter than 32", (seal, _) => Signed(Parts(seal), new string('p', PasswordRing.MinLength - 1))),
        ("plaintext (.*)", (_, said) => Seals.Iron().Seal(Apply(Contents, said[1].Value, Json(Seals.Session())), lifetime: null)),
    ];

    /// <summary>Does what <paramref name="operation"/> says; skips the test when it says something new.</summary>
    public static string Apply(string operation, string seal) => Apply(Operations, operation, seal);

    private static T Apply<T>((string Pattern, Func<string, GroupCollection, T> Apply)[] language, string sentence, string subject)
    {
        foreach (var (pattern, apply) in language)
        {
            if (Regex.Match(sentence, $@"\A(?:{pattern})\z", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } match)
            {
                return apply(subject, match.Groups);
            }
        }

        Assert.Skip($"The corpus says '{sentence}', which is not in this language yet.");
        throw new InvalidOperationException("A skipped test goes on.");
    }

    private static string ChangePart(string seal, int index, string change, bool signed)
    {
        var parts = Parts(seal);
        parts[index] = Apply(Changes, change, parts[index]);
        return signed || change.StartsWith("length", StringComparison.Ordinal) ? Signed(parts, Seals.Password) : Joined(parts);
    }

    private static string Spaced(string text, string side, string kind)
    {
        var space = kind switch { "space" => ' ', "tab" => '\t', _ => '\n' };
        return side is "leading" ? space + text : text + space;
    }

    private static string Swap(string seal, int left, int right)
    {
        var parts = Parts(seal);
        (parts[left], parts[right]) = (parts[right], parts[left]);
        return Joined(parts);
    }

    private static string Splice(string seal, string other, int at) => Joined([.. Parts(seal).Take(at), .. Parts(other).Skip(at)]);

    private static string[] Parts(string seal) => seal[..^2].Split('*');

    private static string Joined(string[] parts) => string.Join('*', parts) + "~2";

    private static string Signed(string[] parts, string password)
    {
        var signed = string.Join('*', parts.Take(6));
        var key = Rfc2898DeriveBytes.Pbkdf2(password, Encoding.ASCII.GetBytes(parts[6]), iterations: 1, HashAlgorithmName.SHA1, outputLength: 32);
        return $"{signed}*{parts[6]}*{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}~2";
    }

    private static char Other(char c, int distance) => Alphabet[Alphabet.IndexOf(c, StringComparison.Ordinal) ^ distance];

    private static string Json(Session session) => Encoding.UTF8.GetString(SessionJson.Write(session, withRefreshToken: true));

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static byte[] Edited(string json, Action<JsonObject> edit)
    {
        var session = JsonNode.Parse(json)!.AsObject();
        edit(session);
        return Encoding.UTF8.GetBytes(session.ToJsonString());
    }
}
