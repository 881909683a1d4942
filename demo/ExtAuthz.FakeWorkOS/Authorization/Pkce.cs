using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.FakeWorkOS.Authorization;

/// <summary>PKCE with S256 (RFC 7636 section 4): challenge = base64url(SHA-256(verifier)).</summary>
internal static class Pkce
{
    public static bool IsChallenge(string? value) => value is { Length: 43 } && Base64Url.IsValid(value);

    public static bool Matches(string challenge, string verifier) =>
        string.Equals(challenge, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), StringComparison.Ordinal);
}
