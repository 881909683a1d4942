using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Refresh;

public sealed class RefreshBufferTests
{
    private static readonly DateTimeOffset End = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(301, null, 60)]
    [InlineData(300, null, 30)]
    [InlineData(60, null, 30)]
    [InlineData(null, null, 30)]
    [InlineData(300, 90, 90)]
    [InlineData(3600, 0, 0)]
    public void A_token_is_refreshed_this_long_before_its_end(int? life, int? configured, int expected)
    {
        var buffer = new RefreshBuffer(Seconds(configured));
        var claims = new AccessTokenClaims { Subject = "user_1", ExpiresAt = End, IssuedAt = End - Seconds(life) };

        buffer.RefreshAt(claims).ShouldBe(End - TimeSpan.FromSeconds(expected));
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
