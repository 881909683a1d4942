using System.Buffers.Binary;
using System.Text;

namespace ExtAuthz.Server.Redis;

/// <summary>Joins texts so that no other texts join to the same bytes.</summary>
internal static class LengthPrefixed
{
    /// <summary>Each text in UTF-8 after its length in bytes, 32 bits, big-endian.</summary>
    public static byte[] Join(params ReadOnlySpan<string> texts)
    {
        var joined = new List<byte>();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            joined.AddRange(length);
            joined.AddRange(bytes);
        }

        return [.. joined];
    }
}
