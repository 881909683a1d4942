using ExtAuthz.Server.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Server.Tests.Tokens;

public sealed class UnknownKeyIdsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void An_id_is_forgotten_after_a_minute()
    {
        var unknown = new UnknownKeyIds(_clock);
        unknown.Add("k");
        _clock.Advance(TimeSpan.FromSeconds(59));
        unknown.Add("k");
        unknown.Contains("k").ShouldBeTrue();

        _clock.Advance(TimeSpan.FromSeconds(1));
        unknown.Contains("k").ShouldBeFalse();
    }

    [Fact]
    public void The_oldest_of_1025_ids_is_forgotten()
    {
        var unknown = new UnknownKeyIds(_clock);
        for (var number = 0; number <= 1024; number++)
        {
            unknown.Add($"k{number}");
        }

        unknown.Contains("k0").ShouldBeFalse();
        unknown.Contains("k1").ShouldBeTrue();
        unknown.Contains("k1024").ShouldBeTrue();
    }
}
