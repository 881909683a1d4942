namespace ExtAuthz.Demo.Tour;

/// <summary>Real time that can be moved on, so that a token's five minutes need not be waited for. Timers run in real time.</summary>
internal sealed class TourClock : TimeProvider
{
    private long _ahead;

    /// <summary>Moves on at once.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);

    private TimeSpan Ahead => new(Interlocked.Read(ref _ahead));
}
