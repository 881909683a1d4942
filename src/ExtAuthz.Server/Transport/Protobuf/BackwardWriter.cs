using System.Numerics;
using System.Text;

namespace ExtAuthz.Server.Transport.Protobuf;

/// <summary>
/// Writes protobuf from the last field to the first, so that the length of a message is known when its head is written.
/// Tags are one byte: field numbers below 16.
/// </summary>
internal ref struct BackwardWriter(Span<byte> scratch)
{
    private Span<byte> _buffer = scratch;
    private int _start = scratch.Length;

    /// <summary>How many bytes are written.</summary>
    public readonly int Length => _buffer.Length - _start;

    /// <summary>What was written, in reading order.</summary>
    public readonly byte[] ToArray() => _buffer[_start..].ToArray();

    /// <summary>Writes fields that are encoded already.</summary>
    public void Write(scoped ReadOnlySpan<byte> encoded) => encoded.CopyTo(Reserve(encoded.Length));

    /// <summary>Writes a scalar field, or the head of a message of so many bytes.</summary>
    public void Write(byte tag, int value)
    {
        var varint = Reserve((BitOperations.Log2((uint)value | 1) / 7) + 1);
        for (var i = 0; i < varint.Length; i++)
        {
            varint[i] = (byte)((value >> (7 * i)) | 0x80);
        }

        varint[^1] &= 0x7F;
        Reserve(1)[0] = tag;
    }

    /// <summary>Writes a string field.</summary>
    public void Write(byte tag, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, Reserve(length));
        Write(tag, length);
    }

    private Span<byte> Reserve(int length)
    {
        if (length > _start)
        {
            Grow(length);
        }

        _start -= length;
        return _buffer.Slice(_start, length);
    }

    private void Grow(int length)
    {
        var larger = new byte[(2 * _buffer.Length) + length];
        _buffer[_start..].CopyTo(larger.AsSpan(larger.Length - Length));
        _start = larger.Length - Length;
        _buffer = larger;
    }
}
