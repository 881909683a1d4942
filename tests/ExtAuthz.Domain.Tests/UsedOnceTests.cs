using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests;

public sealed class UsedOnceTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly TestClock _clock = new();

    [Fact]
    public void A_value_is_used_once_for_as_long_as_it_lives()
    {
        var used = new UsedOnce(_clock, Lifetime, capacity: 100);
        _clock.Advance(TimeSpan.FromMinutes(9));
        used.TryUse("a").ShouldBeTrue();
        used.TryUse("b").ShouldBeTrue();

        _clock.Advance(Lifetime - TimeSpan.FromSeconds(1));

        used.TryUse("a").ShouldBeFalse();
        used.TryUse("b").ShouldBeFalse();
    }

    [Fact]
    public void What_has_ended_or_is_too_much_is_forgotten()
    {
        var used = new UsedOnce(_clock, Lifetime, capacity: 2);
        foreach (var value in new[] { "a", "b", "c" })
        {
            used.TryUse(value).ShouldBeTrue();
        }

        used.TryUse("a").ShouldBeFalse();
        used.TryUse("d").ShouldBeTrue();
        used.TryUse("e").ShouldBeTrue();
        used.TryUse("a").ShouldBeTrue();
    }
}
