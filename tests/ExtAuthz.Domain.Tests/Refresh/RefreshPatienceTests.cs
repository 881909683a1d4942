using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Domain.Tests.Refresh;

public sealed class RefreshPatienceTests
{
    [Theory]
    [InlineData(null, 10_000)]
    [InlineData(60_000, 10_000)]
    [InlineData(10_250, 10_000)]
    [InlineData(5_000, 4_750)]
    [InlineData(1_000, 750)]
    [InlineData(200, 150)]
    [InlineData(0, 0)]
    public void A_request_waits_so_that_its_answer_still_reaches_envoy(int? timeLeft, int expired)
    {
        var left = timeLeft is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : (TimeSpan?)null;

        RefreshPatience.Within(left).ShouldBe(TimeSpan.FromMilliseconds(expired));
    }
}
