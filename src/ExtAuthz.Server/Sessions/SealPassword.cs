using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.Server.Sessions;

/// <summary>One cookie password and the keys that iron derives from it.</summary>
/// <param name="id">The id that its seals bear.</param>
/// <param name="secret">The password in UTF-8.</param>
internal sealed class SealPassword(int id, byte[] secret)
{
    /// <summary>The length of a derived key: AES-256 and HMAC-SHA-256.</summary>
    public const int KeyLength = 32;

    private readonly byte[] _id = Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The id as it stands in a seal.</summary>
    public ReadOnlySpan<byte> Id => _id;

    /// <summary>
    /// Derives a key by PBKDF2 (RFC 8018 section 5.2) with HMAC-SHA-1 and one iteration, which is iron's format and not for a seal to choose.
    /// That is enough for a long random password and nothing else.
    /// </summary>
    public void DeriveKey(ReadOnlySpan<byte> salt, Span<byte> key) =>
        Rfc2898DeriveBytes.Pbkdf2(secret, salt, key, iterations: 1, HashAlgorithmName.SHA1);

    /// <summary>Derives a key for another purpose than cookies by HKDF (RFC 5869) with HMAC-SHA-256; the label keeps purposes apart.</summary>
    public byte[] DerivePurposeKey(ReadOnlySpan<byte> label)
    {
        var key = new byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], label);
        return key;
    }

    /// <summary>A placeholder; passwords never appear in text.</summary>
    public override string ToString() => "[cookie password]";
}
