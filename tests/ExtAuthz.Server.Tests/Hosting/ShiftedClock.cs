namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>Real time, but with another moment for now: that of a recording, or of a clock that is wrong.</summary>
internal sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
{
    private readonly TimeSpan _shift = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}
