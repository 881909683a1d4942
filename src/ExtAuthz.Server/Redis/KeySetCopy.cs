using System.Buffers.Binary;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Redis;

/// <summary>A key set as it is left for other replicas: when it was fetched, in milliseconds since 1970 (64 bits, big-endian), and a document of its usable keys.</summary>
internal sealed record KeySetCopy(JsonWebKeySet Keys, DateTimeOffset FetchedAt)
{
    /// <summary>Reads a copy; null when it is none that may be used.</summary>
    public static KeySetCopy? Read(byte[] content)
    {
        if (!BinaryPrimitives.TryReadInt64BigEndian(content, out var milliseconds) || JwksDocument.Read(content.AsMemory(sizeof(long))) is not JwksResult.Accepted(var keys))
        {
            return null;
        }

        return new KeySetCopy(keys, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
    }

    public byte[] Write()
    {
        var time = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, FetchedAt.ToUnixTimeMilliseconds());
        return [.. time, .. JwksDocument.Write(Keys)];
    }

    /// <summary>Whether it may take another's place: it is newer, and not all of its keys are new.</summary>
    public bool Supersedes(KeySetCopy? other) => other is null || (IsNewerThan(other) && IsLike(other));

    /// <summary>Whether it is newer and has none of the other's keys. For that the provider must be asked: nobody gives up all keys for what stands in Redis.</summary>
    public bool Replaces(KeySetCopy? other) => other is not null && IsNewerThan(other) && !IsLike(other);

    private bool IsNewerThan(KeySetCopy other) => FetchedAt > other.FetchedAt;

    private bool IsLike(KeySetCopy other) => Keys.HasSameKeysAs(other.Keys) || Keys.SharesAKeyIdWith(other.Keys);
}
