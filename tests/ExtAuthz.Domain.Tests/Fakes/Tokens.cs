using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>Access tokens with a real shape and no signature worth the name.</summary>
internal static class Tokens
{
    private static int _count;

    /// <summary>A token unlike any other.</summary>
    public static AccessToken Issue(string subject, string? sessionId, string? organizationId, DateTimeOffset issuedAt, TimeSpan life, DateTimeOffset? authenticatedAt = null)
    {
        var payload = JsonSerializer.Serialize(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["sub"] = subject,
            ["sid"] = sessionId,
            ["org_id"] = organizationId,
            ["role"] = "member",
            ["iat"] = issuedAt.ToUnixTimeSeconds(),
            ["exp"] = (issuedAt + life).ToUnixTimeSeconds(),
            ["auth_time"] = authenticatedAt?.ToUnixTimeSeconds(),
            ["jti"] = Interlocked.Increment(ref _count),
        });
        return new AccessToken($"{Base64("""{"alg":"RS256"}""")}.{Base64(payload)}.c2lnbmF0dXJl");
    }

    /// <summary>What a token of ours says; null when it is none.</summary>
    public static JsonElement? Payload(AccessToken token) => token.Value.Split('.') is [_, var payload, _]
        ? JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(payload))
        : null;

    private static string Base64(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
