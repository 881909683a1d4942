using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ExtAuthz.Domain.Pages;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Tests.Pages;

public sealed partial class PageTests
{
    private const string Hostile = "<script>alert(1)</script>\"'&";

    [Fact]
    public void Nothing_that_is_put_into_a_page_is_markup()
    {
        var html = new Page(Hostile, Hostile, Hostile) { Link = Hostile, LinkText = Hostile }.ToHtml();

        html.ShouldNotContain("<script");
        html.ShouldNotContain("\"'&");
        html.Split("&lt;script&gt;").Length.ShouldBe(7);
    }

    [Fact]
    public void The_policy_allows_the_pages_own_style_and_nothing_else()
    {
        var style = Style().Match(new Page("a", "b", "c").ToHtml()).Groups["style"].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        Page.Headers.Single(header => header.Name is "content-security-policy").Value
            .ShouldBe($"default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    }

    [Fact]
    public void A_page_loads_nothing_from_anywhere()
    {
        var html = new Page("a", "b", "c") { Link = "/", ReloadAfter = TimeSpan.FromSeconds(1) }.ToHtml();

        html.ShouldNotContain("//");
        html.ShouldNotContain("src=");
        html.ShouldNotContain("url(");
        html.ShouldNotContain("@import");
        html.ShouldNotContain("<link");
        html.ShouldNotContain("style=");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.2, "content=\"1\"")]
    [InlineData(3.2, "content=\"4\"")]
    public void A_page_loads_itself_again_only_when_told(double? seconds, string? expected)
    {
        var html = new Page("a", "b", "c") { ReloadAfter = seconds is { } value ? TimeSpan.FromSeconds(value) : null }.ToHtml();

        html.Contains("http-equiv=\"refresh\"", StringComparison.Ordinal).ShouldBe(expected is not null);
        html.ShouldContain(expected ?? "<title>a</title>");
    }

    [Fact]
    public void A_page_without_a_link_has_none() => new Page("a", "b", "c").ToHtml().ShouldNotContain("<a ");

    [Fact]
    public void Every_failure_of_a_sign_in_has_its_code_and_a_way_back()
    {
        foreach (var failure in Enum.GetValues<SignInFailure>())
        {
            var html = SignInFailurePage.For(failure, "/sign-in").ToHtml();

            html.ShouldContain($"Reason: {ReasonCode.Of(failure)}<");
            html.ShouldContain("<a href=\"/sign-in\">Sign in again</a>");
        }
    }

    [GeneratedRegex("<style>(?<style>[^<]*)</style>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Style();
}
