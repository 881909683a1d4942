namespace ExtAuthz.Domain;

/// <summary>Where unguessable bytes come from: the operating system's generator in production, a fixed sequence in tests.</summary>
public interface IRandomSource
{
    /// <summary>Fills the whole of <paramref name="destination"/> with cryptographically strong bytes.</summary>
    void Fill(Span<byte> destination);
}
