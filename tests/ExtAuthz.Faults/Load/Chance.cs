namespace ExtAuthz.Faults.Load;

/// <summary>Chances that a seed repeats (SplitMix64), for any number of callers at once. No secret comes from here.</summary>
internal sealed class Chance(int seed)
{
    private long _state = seed;

    /// <summary>From zero, and below <paramref name="end"/>.</summary>
    public int Next(int end) => (int)(NextFraction() * end);

    /// <summary>From zero, and below one.</summary>
    public double NextFraction()
    {
        var mixed = (ulong)Interlocked.Add(ref _state, unchecked((long)0x9E3779B97F4A7C15));
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
