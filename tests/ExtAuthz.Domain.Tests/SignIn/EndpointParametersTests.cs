using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Tests.SignIn;

public sealed class EndpointParametersTests
{
    [Fact]
    public void Each_is_decoded_and_unknown_ones_are_left_alone() =>
        EndpointParameters.Read("return_to=%2Fa%3Fb%3Dc&organization_id=org_1&login_hint=ada%2Bx%40example.com&prompt=login&max_age=600&x=1&x=2&y")
            .ShouldBe(new EndpointParameters("/a?b=c", "org_1", "ada+x@example.com", "login", TimeSpan.FromMinutes(10)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("return_to=&organization_id=&login_hint&prompt=&max_age=")]
    public void An_empty_one_counts_as_absent(string? query) => EndpointParameters.Read(query).ShouldBe(new EndpointParameters());

    [Theory]
    [InlineData("return_to=/a&return_to=/a")]
    [InlineData("organization_id=&organization_id=org_1")]
    [InlineData("prompt=login&prompt")]
    [InlineData("organization_id=org%201")]
    [InlineData("organization_id=org%00")]
    [InlineData("prompt=Login")]
    [InlineData("prompt=login+consent")]
    [InlineData("max_age=-1")]
    [InlineData("max_age=1.5")]
    [InlineData("max_age=31536001")]
    [InlineData("max_age=0&max_age=0")]
    [InlineData("login_hint=a%0d%0ab")]
    public void Twice_or_with_a_value_that_none_may_have_is_refused(string query) => EndpointParameters.Read(query).ShouldBeNull();

    [Fact]
    public void Length_is_bounded()
    {
        EndpointParameters.Read($"organization_id={new string('a', 128)}&login_hint={new string('a', 254)}").ShouldNotBeNull();
        EndpointParameters.Read($"organization_id={new string('a', 129)}").ShouldBeNull();
        EndpointParameters.Read($"login_hint={new string('a', 255)}").ShouldBeNull();
    }
}
