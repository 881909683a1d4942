using System.Text;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Tests.Fakes;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Domain.Tests.Headers;

/// <summary>Threats 1 to 3 of the threat model: no client can say who it is.</summary>
public sealed class ReservedHeadersProperties
{
    private static readonly string[] Names = ["x-workos-session", "x-workos-middleware", "x-workos-new", "x-auth-user-id", "x-auth-role", "x-auth-any", "x-url", "x-redirect-uri", "x-sign-up-paths"];

    private readonly World _world = new();

    [Theory]
    [InlineData("x_workos_session")]
    [InlineData("X-Auth-User-Id")]
    [InlineData("x.auth.user.id")]
    [InlineData("x~auth~role")]
    [InlineData("x-url")]
    [InlineData("x-auth-")]
    public void An_alias_is_reserved(string name) => Reserved().Contains(Encoding.ASCII.GetBytes(name)).ShouldBeTrue();

    [Theory]
    [InlineData("x-auth")]
    [InlineData("x-urls")]
    [InlineData("authorization")]
    [InlineData("x-workos")]
    [InlineData("")]
    public void Another_name_is_not(string name) => Reserved().Contains(Encoding.ASCII.GetBytes(name)).ShouldBeFalse();

    [Fact]
    public void A_renamed_identity_header_is_reserved_in_every_spelling()
    {
        var reserved = new ReservedHeaders(["X-User"]);

        reserved.Contains("x_user"u8).ShouldBeTrue();
        reserved.Names.ShouldContain(name => name == "x-user");
    }

    [Fact]
    public void A_name_of_any_length_is_judged_by_its_beginning()
    {
        Reserved().Contains(Encoding.ASCII.GetBytes("x_auth_" + new string('a', 10_000))).ShouldBeTrue();
        Reserved().Contains(Encoding.ASCII.GetBytes(new string('a', 10_000))).ShouldBeFalse();
    }

    [Fact]
    public void No_reserved_name_survives_an_allowed_request_in_any_spelling()
    {
        var cookie = _world.CookieOf(_world.NewSession());

        Prop.ForAll(Aliases().ArrayOf().ToArbitrary(), Gen.Elements("/about", "/dashboard").ToArbitrary(), (names, path) =>
        {
            var decision = _world.CheckAsync(Requests.To(path, [.. names.Select(name => (name, "spoofed")), ("cookie", cookie)])).AsTask();
            var upstream = decision.GetAwaiter().GetResult().ShouldAllow(DecisionReason.SignedIn).UpstreamHeaders;
            var arriving = names.Where(name => !upstream.Remove.Contains(name, StringComparer.OrdinalIgnoreCase) && !upstream.Set.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

            arriving.ShouldBeEmpty();
            upstream.Set.Select(header => header.Name).Concat(upstream.Remove).ShouldBeUnique(StringComparer.OrdinalIgnoreCase);
            upstream.Set.ShouldAllBe(header => header.Value != "spoofed");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task What_the_client_spells_as_we_do_is_removed_or_overwritten_without_being_seen()
    {
        var upstream = (await _world.CheckAsync(Requests.Document("/about"))).ShouldAllow(DecisionReason.Public).UpstreamHeaders;

        var changed = upstream.Set.Select(header => header.Name).Concat(upstream.Remove).ToHashSet(StringComparer.Ordinal);
        Reserved().Names.ShouldAllBe(name => changed.Contains(name));
    }

    private static ReservedHeaders Reserved() => new(new IdentityHeaderNames().InUse);

    /// <summary>Reserved names with random separators and letters of either case.</summary>
    private static Gen<string> Aliases() => Gen.Elements(Names).SelectMany(name =>
        Gen.Elements('-', '_', '.', '~', '!', '+').ArrayOf(name.Length).SelectMany(separators =>
            Gen.Elements(true, false).ArrayOf(name.Length).Select(upper =>
                new string([.. name.Select((c, i) => c is '-' ? separators[i] : upper[i] ? char.ToUpperInvariant(c) : c)]))));
}
