using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ExtAuthz.Domain;

namespace ExtAuthz.Server.Sessions;

/// <summary>
/// Seals as iron-session 8 does (iron <c>Fe26.2</c>): AES-256-CBC, then HMAC-SHA-256 over the text, each with a key of its own salt.
/// Whatever is wrong with a seal, the answer is the same.
/// </summary>
internal sealed class IronSeal(PasswordRing passwords, TimeProvider time, IRandomSource random)
{
    /// <summary>The longest seal that is looked at; checked before anything is computed.</summary>
    public const int MaxLength = 16 * 1024;

    private const int BlockLength = 16;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>Seals content, for a time or for good.</summary>
    public string Seal(ReadOnlySpan<byte> content, TimeSpan? lifetime)
    {
        var password = passwords.Sealing;
        var (salt, macSalt) = (RandomSalt(), RandomSalt());
        Span<byte> iv = stackalloc byte[BlockLength];
        random.Fill(iv);
        using var aes = CreateAes(password, Encoding.ASCII.GetBytes(salt));
        var ciphertext = aes.EncryptCbc(content, iv);
        var expiration = lifetime is { } span ? (time.GetUtcNow() + span).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : "";
        var signed = $"Fe26.2*{Encoding.ASCII.GetString(password.Id)}*{salt}*{Base64Url.EncodeToString(iv)}*{Base64Url.EncodeToString(ciphertext)}*{expiration}";
        Span<byte> mac = stackalloc byte[Base64Url.GetEncodedLength(HMACSHA256.HashSizeInBytes)];
        Authenticate(password, Encoding.ASCII.GetBytes(macSalt), Encoding.ASCII.GetBytes(signed), mac);
        return $"{signed}*{macSalt}*{Encoding.ASCII.GetString(mac)}~2";
    }

    /// <summary>Opens a seal and hands its content to <paramref name="read"/>; null when the seal is not ours, has ended, or the reader says null.</summary>
    public T? Open<T>(string seal, Func<ReadOnlySpan<byte>, T?> read, bool evenIfExpired = false)
        where T : class
    {
        if (seal.Length > MaxLength)
        {
            return null;
        }

        Span<byte> text = stackalloc byte[seal.Length];
        if (Ascii.FromUtf16(seal, text, out _) is not OperationStatus.Done
            || !SealFields.TryRead(text, out var fields)
            || passwords.Find(fields.PasswordId) is not { } password
            || !IsAuthentic(password, fields)
            || !(evenIfExpired || IsCurrent(fields.Expiration)))
        {
            return null;
        }

        // The seal is authentic from here on: only somebody who knows the password can have damaged what follows.
        Span<byte> content = stackalloc byte[Base64Url.GetMaxDecodedLength(fields.Ciphertext.Length)];
        return TryDecrypt(password, fields, content, out var length) ? read(content[..length]) : null;
    }

    private static bool IsAuthentic(SealPassword password, in SealFields fields)
    {
        // The texts are compared, so that no second spelling of the same bytes passes.
        Span<byte> mac = stackalloc byte[fields.Mac.Length];
        Authenticate(password, fields.MacSalt, fields.Signed, mac);
        return CryptographicOperations.FixedTimeEquals(mac, fields.Mac);
    }

    private bool IsCurrent(ReadOnlySpan<byte> expiration) =>
        expiration.IsEmpty
        || (long.TryParse(expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && end > (time.GetUtcNow() - ClockSkew).ToUnixTimeMilliseconds());

    private static bool TryDecrypt(SealPassword password, in SealFields fields, Span<byte> content, out int length)
    {
        length = 0;
        Span<byte> iv = stackalloc byte[BlockLength];
        if (!TryDecode(fields.Iv, iv, out _)
            || !TryDecode(fields.Ciphertext, content, out var encrypted)
            || encrypted == 0
            || encrypted % BlockLength != 0)
        {
            return false;
        }

        using var aes = CreateAes(password, fields.Salt);
        aes.DecryptCbc(content[..encrypted], iv, content, PaddingMode.None);

        // PKCS #7 (RFC 5652 section 6.3), by hand because the platform's way to report a wrong padding is an exception.
        var padding = content[encrypted - 1];
        length = encrypted - padding;
        return padding is > 0 and <= BlockLength && !content[length..encrypted].ContainsAnyExcept(padding);
    }

    // Canonical base64url (RFC 4648 sections 3.5 and 5): no padding, no white space, unused bits zero.
    private static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes, out int length) =>
        Base64Url.DecodeFromUtf8(text, bytes, out _, out length) is OperationStatus.Done
        && Base64Url.GetEncodedLength(length) == text.Length;

    private static void Authenticate(SealPassword password, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> key = stackalloc byte[SealPassword.KeyLength];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        password.DeriveKey(salt, key);
        HMACSHA256.HashData(key, signed, hash);
        Base64Url.EncodeToUtf8(hash, mac);
    }

    private static Aes CreateAes(SealPassword password, ReadOnlySpan<byte> salt)
    {
        Span<byte> key = stackalloc byte[SealPassword.KeyLength];
        password.DeriveKey(salt, key);
        var aes = Aes.Create();
        aes.SetKey(key);
        return aes;
    }

    private string RandomSalt()
    {
        Span<byte> salt = stackalloc byte[32];
        random.Fill(salt);
        return Convert.ToHexStringLower(salt);
    }
}
