namespace ExtAuthz.Domain;

/// <summary>A version 4 UUID (RFC 9562 section 5.4) from our own source of randomness.</summary>
public static class RandomUuid
{
    /// <summary>A fresh one.</summary>
    public static Guid New(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
