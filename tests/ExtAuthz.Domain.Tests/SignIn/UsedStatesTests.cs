using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.SignIn;

public sealed class UsedStatesTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void A_state_is_used_once_for_as_long_as_it_lives()
    {
        var used = new UsedStates(_clock, capacity: 100);
        _clock.Advance(TimeSpan.FromMinutes(9));
        used.TryUse(new SealedState("a")).ShouldBeTrue();
        used.TryUse(new SealedState("b")).ShouldBeTrue();

        _clock.Advance(SignInStart.Lifetime - TimeSpan.FromSeconds(1));

        used.TryUse(new SealedState("a")).ShouldBeFalse();
        used.TryUse(new SealedState("b")).ShouldBeFalse();
    }

    [Fact]
    public void What_has_ended_or_is_too_much_is_forgotten()
    {
        var used = new UsedStates(_clock, capacity: 2);
        foreach (var state in new[] { "a", "b", "c" })
        {
            used.TryUse(new SealedState(state)).ShouldBeTrue();
        }

        used.TryUse(new SealedState("a")).ShouldBeFalse();
        used.TryUse(new SealedState("d")).ShouldBeTrue();
        used.TryUse(new SealedState("e")).ShouldBeTrue();
        used.TryUse(new SealedState("a")).ShouldBeTrue();
    }
}
