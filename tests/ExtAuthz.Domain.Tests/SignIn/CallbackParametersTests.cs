using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Tests.SignIn;

public sealed class CallbackParametersTests
{
    [Theory]
    [InlineData("code=a&state=b", "a", "b", null)]
    [InlineData("?state=b&x=1&code=a&&iss", "a", "b", null)]
    [InlineData("code=a%2Bb+c%3D&state=Fe26.2*1*x~2", "a+b c=", "Fe26.2*1*x~2", null)]
    [InlineData("code=a=b&state==", "a=b", "=", null)]
    [InlineData("Code=a&STATE=b&code", null, null, null)]
    [InlineData("error=access_denied&error_description=%3Cb%3E", null, null, "access_denied")]
    [InlineData("code=%zz&state=%ff", "%zz", "%ff", null)]
    [InlineData("", null, null, null)]
    [InlineData("&=&", null, null, null)]
    public void Each_parameter_is_read_once(string query, string? code, string? state, string? error) =>
        CallbackParameters.Read(query).ShouldBe(new CallbackParameters(code, state, error, Issuer: null, HasDuplicates: false));

    [Theory]
    [InlineData("code=a&code=a")]
    [InlineData("state=a&code=b&state=")]
    [InlineData("error=&error=")]
    [InlineData("iss=a&code=b&iss=a")]
    public void Any_of_them_twice_is_noticed(string query) => CallbackParameters.Read(query).HasDuplicates.ShouldBeTrue();

    [Fact]
    public void The_issuer_is_read() => CallbackParameters.Read("iss=https%3A%2F%2Fid.example.com&code=a").Issuer.ShouldBe("https://id.example.com");

    [Fact]
    public void Others_may_come_twice() => CallbackParameters.Read("x=1&x=2&code=a").HasDuplicates.ShouldBeFalse();
}
