using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>A clock that moves when told, and tells when somebody has begun to wait: only then is it of use to move it.</summary>
internal sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Returns once a timer of this length is set, whichever others are set before.</summary>
    public async Task TimerSetAsync(TimeSpan dueTime)
    {
        while (await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.OfTests) != dueTime)
        {
        }
    }
}
