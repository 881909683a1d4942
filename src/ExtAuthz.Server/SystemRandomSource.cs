using System.Security.Cryptography;
using ExtAuthz.Domain;

namespace ExtAuthz.Server;

/// <summary>The operating system's generator.</summary>
internal sealed class SystemRandomSource : IRandomSource
{
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
