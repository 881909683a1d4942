using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Tests.SignIn;

public sealed class UrlEncodedFormTests
{
    [Theory]
    [InlineData("a=1", "1")]
    [InlineData("b=2&a=1&c", "1")]
    [InlineData("a=x%2By+z", "x+y z")]
    [InlineData("%61=1", "1")]
    [InlineData("a=1=2", "1=2")]
    [InlineData("a=1&a=1", null)]
    [InlineData("a=1&%61=2", null)]
    [InlineData("a=&a=1", null)]
    [InlineData("a=1&a", null)]
    [InlineData("a=", null)]
    [InlineData("a", null)]
    [InlineData("A=1", null)]
    [InlineData("aa=1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_parameter_counts_if_it_is_there_once(string? form, string? value) => UrlEncodedForm.Only(form, "a").ShouldBe(value);
}
