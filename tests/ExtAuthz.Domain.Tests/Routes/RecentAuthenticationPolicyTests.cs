using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Routes;

/// <summary>A list that guards is read widely.</summary>
public sealed class RecentAuthenticationPolicyTests
{
    private static readonly RecentAuthenticationPolicy Policy = new(
        new RecentAuthenticationRule(Patterns.Guarded("/billing/**", "/café", "/my files"), TimeSpan.FromMinutes(10)),
        new RecentAuthenticationRule(Patterns.Guarded("/billing/cards", "/keys/:id"), TimeSpan.FromMinutes(1)));

    [Theory]
    [InlineData("/billing", 10)]
    [InlineData("/billing/", 10)]
    [InlineData("/billing/2026/11", 10)]
    [InlineData("/billing/cards", 1)]
    [InlineData("/keys/7", 1)]
    [InlineData("/dashboard", null)]
    [InlineData("/billings", null)]
    [InlineData("/dashboard?next=/billing", null)]
    public void The_strictest_rule_for_a_path_counts(string target, int? minutes) => MaxAgeOf(target).ShouldBe(Minutes(minutes));

    [Theory]
    [InlineData("/BILLING/cards", 1)]
    [InlineData("/bill%69ng", 10)]
    [InlineData("/%42illing/x", 10)]
    [InlineData("/caf%c3%a9", 10)]
    [InlineData("/caf%C3%A9", 10)]
    [InlineData("/my%20files", 10)]
    public void Another_spelling_of_a_listed_path_is_listed_too(string target, int minutes) => MaxAgeOf(target).ShouldBe(Minutes(minutes));

    [Theory]
    [InlineData("/x/../billing")]
    [InlineData("//billing")]
    [InlineData("/public;/billing")]
    [InlineData("/a%2fb")]
    [InlineData("/%2562illing")]
    [InlineData("/%ff")]
    public void What_two_servers_may_read_differently_falls_under_the_strictest_rule_of_all(string target) => MaxAgeOf(target).ShouldBe(Minutes(1));

    [Fact]
    public void An_exclamation_mark_may_stand_for_any_byte_unless_Envoy_sends_them_raw()
    {
        Policy.MaxAgeOf(RequestTarget.Parse("/caf!"), hasRawHeaders: false).ShouldBe(Minutes(1));
        Policy.MaxAgeOf(RequestTarget.Parse("/caf!"), hasRawHeaders: true).ShouldBeNull();
    }

    [Fact]
    public void Without_rules_nothing_is_asked() => new RecentAuthenticationPolicy().MaxAgeOf(RequestTarget.Parse("//billing"), hasRawHeaders: true).ShouldBeNull();

    private static TimeSpan? MaxAgeOf(string target) => Policy.MaxAgeOf(RequestTarget.Parse(target), hasRawHeaders: true);

    private static TimeSpan? Minutes(int? minutes) => minutes is { } count ? TimeSpan.FromMinutes(count) : null;
}
