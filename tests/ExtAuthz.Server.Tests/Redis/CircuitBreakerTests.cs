using ExtAuthz.Server.Redis;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Server.Tests.Redis;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(_clock);

    [Fact]
    public void Two_failures_in_a_row_are_borne()
    {
        Fail(2);
        _breaker.Succeeded();
        Fail(2);

        _breaker.IsOpen.ShouldBeFalse();
        _breaker.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void The_third_opens_it_and_says_so_once()
    {
        Fail(2);

        _breaker.Failed().ShouldBeTrue();
        _breaker.Failed().ShouldBeFalse();

        _breaker.IsOpen.ShouldBeTrue();
        _breaker.TryEnter().ShouldBeFalse();
    }

    [Fact]
    public void After_a_second_one_call_is_let_through()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(1));

        _breaker.TryEnter().ShouldBeTrue();
        _breaker.TryEnter().ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _breaker.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void A_success_closes_it()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _breaker.TryEnter().ShouldBeTrue();

        _breaker.Succeeded();

        _breaker.TryEnter().ShouldBeTrue();
        _breaker.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void A_failure_of_the_one_call_keeps_it_open()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _breaker.TryEnter().ShouldBeTrue();

        Fail(1);

        _breaker.TryEnter().ShouldBeFalse();
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.Failed();
        }
    }
}
