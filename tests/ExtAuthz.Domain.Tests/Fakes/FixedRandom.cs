namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>Counts upwards, so that every byte is known and no two draws are equal.</summary>
internal sealed class FixedRandom : IRandomSource
{
    private byte _next;

    public void Fill(Span<byte> destination)
    {
        foreach (ref var octet in destination)
        {
            octet = _next++;
        }
    }
}
