using System.Security.Cryptography;
using ExtAuthz.Domain;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.Telemetry;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// Seals what replicas leave in Redis, which is trusted with nothing: AES-256-GCM (NIST SP 800-38D), bound to the record's type and name
/// and to the configuration. The newest password seals, any opens. Format: version, length of the password's id, the id, nonce, ciphertext, tag.
/// </summary>
/// <param name="passwords">The cookie passwords.</param>
/// <param name="configurationId">The provider and our client there.</param>
/// <param name="random">Where nonces come from.</param>
/// <param name="metrics">Counts what does not open.</param>
/// <param name="logger">Tells of it.</param>
internal sealed class RecordSeal(PasswordRing passwords, string configurationId, IRandomSource random, CheckMetrics metrics, ILogger<RecordSeal> logger)
{
    /// <summary>The longest sealed record that is looked at, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Seals content for one record.</summary>
    public byte[] Seal(RecordType type, string name, ReadOnlySpan<byte> content)
    {
        var password = passwords.Sealing;
        Span<byte> nonce = stackalloc byte[NonceLength];
        random.Fill(nonce);
        var ciphertext = new byte[content.Length];
        Span<byte> tag = stackalloc byte[TagLength];
        using var aes = CreateAes(password);
        aes.Encrypt(nonce, content, ciphertext, tag, BindingOf(type, name));
        return [Version, (byte)password.Id.Length, .. password.Id, .. nonce, .. ciphertext, .. tag];
    }

    /// <summary>Opens a record; null for whatever is not one that we sealed in this very place.</summary>
    public byte[]? Open(RecordType type, string name, ReadOnlySpan<byte> record)
    {
        var content = record.Length <= MaxLength ? Decrypt(type, name, record) : null;
        if (content is null)
        {
            Reject(type);
        }

        return content;
    }

    /// <summary>Tells of a record that counts as none.</summary>
    public void Reject(RecordType type)
    {
        metrics.RecordUnreadable(type);
        Log.RecordUnreadable(logger, type);
    }

    private byte[]? Decrypt(RecordType type, string name, ReadOnlySpan<byte> record)
    {
        if (record is not [Version, var idLength, .. var rest]
            || rest.Length < idLength + NonceLength + TagLength
            || passwords.Find(rest[..idLength]) is not { } password)
        {
            return null;
        }

        var body = rest[idLength..];
        var content = new byte[body.Length - NonceLength - TagLength];
        using var aes = CreateAes(password);
        try
        {
            aes.Decrypt(body[..NonceLength], body[NonceLength..^TagLength], body[^TagLength..], content, BindingOf(type, name));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private byte[] BindingOf(RecordType type, string name) => LengthPrefixed.Join(ReasonCode.Of(type), name, configurationId);

    private static AesGcm CreateAes(SealPassword password) => new(password.DerivePurposeKey("extauthz redis records 1"u8), TagLength);
}
