using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>A repeatable sequence of chances: the n-th draw is the SHA-256 of the seed and n.</summary>
internal sealed class SeededChance(int seed)
{
    private int _draws;

    public bool Happens(double probability)
    {
        Span<byte> input = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(input, seed);
        BinaryPrimitives.WriteInt32LittleEndian(input[4..], Interlocked.Increment(ref _draws));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, digest);
        return BinaryPrimitives.ReadUInt32LittleEndian(digest) < probability * (1L << 32);
    }
}
