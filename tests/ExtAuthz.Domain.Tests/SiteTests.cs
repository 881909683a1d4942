using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests;

public sealed class SiteTests
{
    [Theory]
    [InlineData("/dashboard?x=1", "/dashboard?x=1")]
    [InlineData("https://app.example.com/dashboard", "/dashboard")]
    [InlineData("https://other.example.com/dashboard", "/")]
    [InlineData("/callback", "/")]
    [InlineData("/sign-in", "/sign-in")]
    [InlineData(null, "/")]
    public void A_return_path_stays_on_the_site_and_off_its_endpoints(string? wanted, string expected) =>
        World.DefaultSite.ReturnPathOf(wanted).Value.ShouldBe(expected);

    [Fact]
    public void A_copy_of_a_site_has_endpoints_of_its_own()
    {
        World.DefaultSite.ReturnPathOf("/sign-in").Value.ShouldBe("/sign-in");

        (World.DefaultSite with { SignInPath = "/sign-in" }).ReturnPathOf("/sign-in").Value.ShouldBe("/");
    }
}
