using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.Domain.SignIn;

/// <summary>Proof Key for Code Exchange with S256 (RFC 7636 section 4).</summary>
public static class Pkce
{
    private const int VerifierBytes = 32;

    /// <summary>A fresh verifier of 43 characters.</summary>
    public static string NewVerifier(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[VerifierBytes];
        random.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The challenge of a verifier.</summary>
    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
