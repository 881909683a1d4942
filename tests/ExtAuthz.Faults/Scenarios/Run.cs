using ExtAuthz.Faults.Load;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>One run of a scenario.</summary>
/// <param name="Seed">Decides every chance that is ours; the machine has others.</param>
/// <param name="IsLong">As the program runs it, rather than within the minutes of a build.</param>
internal sealed record Run(int Seed, bool IsLong)
{
    public Chance Chance { get; } = new(Seed);

    /// <summary>How long a scenario that may last at will lasts; its own time without.</summary>
    public int? Minutes { get; init; }

    /// <summary>A time between two, by chance.</summary>
    public TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + (Chance.NextFraction() * (most - least)));
}
