using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.Domain;

/// <summary>A SHA-256 digest (FIPS 180-4) that stands for a secret where the secret itself must not be kept, as in a dictionary key.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Digest
{
    private const int StackLimit = 4096;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private Digest(ReadOnlySpan<byte> hash)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(hash);
        (_a, _b, _c, _d) = (words[0], words[1], words[2], words[3]);
    }

    /// <summary>Digests the UTF-8 bytes of a text.</summary>
    public static Digest Of(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (size <= StackLimit * 3)
        {
            Span<byte> bytes = stackalloc byte[size];
            SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
            return new Digest(hash);
        }

        var rented = ArrayPool<byte>.Shared.Rent(size);
        SHA256.HashData(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)), hash);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return new Digest(hash);
    }

    /// <summary>A placeholder.</summary>
    public override string ToString() => "[digest]";
}
