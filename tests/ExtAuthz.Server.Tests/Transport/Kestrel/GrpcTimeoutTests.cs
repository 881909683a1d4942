namespace ExtAuthz.Server.Tests.Transport.Kestrel;

/// <summary>The grpc-timeout header.</summary>
public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("1H", "01:00:00")]
    [InlineData("2M", "00:02:00")]
    [InlineData("30S", "00:00:30")]
    [InlineData("200m", "00:00:00.2")]
    [InlineData("1500u", "00:00:00.0015")]
    [InlineData("99999999n", "00:00:00.0999999")]
    [InlineData("99999999H", "4166666.15:00:00")]
    [InlineData("0S", "00:00:00")]
    [InlineData("00000001S", "00:00:01")]
    public void Every_unit_is_read(string header, string timeout)
    {
        GrpcTimeout.TryParse(header, out var timeLeft).ShouldBeTrue();
        timeLeft.ShouldBe(TimeSpan.Parse(timeout));
    }

    [Fact]
    public void No_header_is_no_deadline()
    {
        GrpcTimeout.TryParse(null, out var timeLeft).ShouldBeTrue();
        timeLeft.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("1 S")]
    [InlineData(" 1S")]
    [InlineData("+1S")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData("123456789n")]
    [InlineData("1S,1S")]
    [InlineData("١S")]
    public void Anything_else_is_malformed(string header) => GrpcTimeout.TryParse(header, out _).ShouldBeFalse();
}
