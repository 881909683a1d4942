using System.Buffers.Text;
using System.Security.Cryptography;
using ExtAuthz.Domain;
using ExtAuthz.Server.Sessions;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// Names records so that their names tell nothing: HMAC-SHA-256 over what they are about. Replicas with different passwords for that
/// do not see each other's records.
/// </summary>
/// <param name="password">What the names are made with.</param>
/// <param name="prefix">What every key begins with.</param>
/// <param name="configurationId">The provider and our client there.</param>
internal sealed class RecordNames(SealPassword password, string prefix, string configurationId)
{
    private readonly byte[] _key = password.DerivePurposeKey("extauthz redis names 1"u8);

    /// <summary>The name of everything about one subject, such as a refresh token: 43 characters of base64url.</summary>
    public string Of(params ReadOnlySpan<string> subject) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, LengthPrefixed.Join([configurationId, .. subject])));

    /// <summary>The channel on which replicas tell of one kind of records: those of the same password and provider hear each other.</summary>
    public string ChannelOf(RecordType type) => $"{prefix}{ReasonCode.Of(type)}:{Of("channel")}";

    /// <summary>The key of a record. The name is its hash tag, so all records of one name are in one slot of a cluster.</summary>
    public string KeyOf(RecordType type, string name) => $"{prefix}{ReasonCode.Of(type)}:{{{name}}}";
}
