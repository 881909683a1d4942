using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Tests.Headers;

public sealed class UpstreamHeadersTests
{
    private static readonly UpstreamHeaders Changes = UpstreamHeaders.Unchanged.With(new HeaderValue("x-url", "a")).Without(["x-auth-role"]);

    [Fact]
    public void A_name_that_is_set_is_not_removed_in_any_case() => Changes.Without(["X-Url", "x-url"]).Remove.ShouldBe(["x-auth-role"]);

    [Fact]
    public void A_name_is_removed_once() => Changes.Without(["X-Auth-Role", "x_auth_role", "X_AUTH_ROLE"]).Remove.ShouldBe(["x-auth-role", "x_auth_role"]);

    [Theory]
    [InlineData("X-URL")]
    [InlineData("x-Auth-Role")]
    public void A_second_change_of_a_name_is_a_bug(string name) => Should.Throw<ArgumentException>(() => Changes.With(new HeaderValue(name, "b")));

    [Fact]
    public void Two_values_for_one_name_are_a_bug() =>
        Should.Throw<ArgumentException>(() => UpstreamHeaders.Unchanged.With(new HeaderValue("a", "1"), new HeaderValue("A", "2")));

    [Fact]
    public void Changes_do_not_change_what_they_were_made_from()
    {
        Changes.With(new HeaderValue("cookie", "a"));
        Changes.Without(["other"]);

        (Changes.Set.Length, Changes.Remove.Length).ShouldBe((1, 1));
    }
}
