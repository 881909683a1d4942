using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Refresh;

public sealed class RefreshBufferTests
{
    private static readonly DateTimeOffset End = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(301, 60)]
    [InlineData(300, 30)]
    [InlineData(90, 30)]
    [InlineData(null, 30)]
    public void A_token_is_refreshed_this_long_before_its_end_or_up_to_15_seconds_earlier(int? life, int expected)
    {
        var buffers = Sessions.Select(session => BufferOf(life, session)).ToList();

        buffers.ShouldAllBe(buffer => buffer >= TimeSpan.FromSeconds(expected) && buffer < TimeSpan.FromSeconds(expected + 15));
        buffers.Max().ShouldBeGreaterThan(TimeSpan.FromSeconds(expected + 14));
        buffers.Min().ShouldBeLessThan(TimeSpan.FromSeconds(expected + 1));
    }

    [Theory]
    [InlineData(60, 30)]
    [InlineData(10, 5)]
    [InlineData(0, 0)]
    public void But_never_in_the_first_half_of_its_life(int life, int expected) =>
        Sessions.ShouldAllBe(session => BufferOf(life, session, null) == TimeSpan.FromSeconds(expected));

    [Theory]
    [InlineData(300, 90)]
    [InlineData(3600, 0)]
    [InlineData(10, 60)]
    public void What_is_configured_counts_as_it_is(int life, int configured) =>
        Sessions.ShouldAllBe(session => BufferOf(life, session, configured) == TimeSpan.FromSeconds(configured));

    [Fact]
    public void How_much_earlier_is_the_sessions_own_and_the_same_everywhere()
    {
        BufferOf(3600, "session_1").ShouldBe(TimeSpan.FromSeconds(60 + (15 * 0x3A / 256.0))); // SHA-256 of the id begins so
        BufferOf(3600, session: null).ShouldBe(BufferOf(3600, "user_1"), "the user stands in for a session without an id");
    }

    private static IEnumerable<string> Sessions => Enumerable.Range(0, 2000).Select(number => $"session_{number}");

    private static TimeSpan BufferOf(int? life, string? session, int? configured = null) =>
        End - new RefreshBuffer(Seconds(configured)).RefreshAt(new AccessTokenClaims { Subject = "user_1", SessionId = session, ExpiresAt = End, IssuedAt = End - Seconds(life) });

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
