using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tests.Steps;

namespace ExtAuthz.Domain.Tests.SignIn;

public sealed class SignInStartTests
{
    private readonly World _world = new();

    [Fact]
    public void Every_sign_in_has_its_own_nonce_and_verifier()
    {
        var start = NewStart();
        start.Begin(default, ScreenHint.SignIn, null);
        start.Begin(default, ScreenHint.SignIn, null);

        var states = _world.Provider.SignIns.Select(signIn => _world.Codec.UnsealState(signIn.State).ShouldNotBeNull()).ToList();
        states.Select(state => state.CodeVerifier).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        states.Select(state => state.Nonce).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        states.ShouldAllBe(state => Guid.Parse(state.Nonce).Version == 4 && Guid.Parse(state.Nonce).Variant >= 8 && Guid.Parse(state.Nonce).Variant <= 11);
    }

    [Fact]
    public void Without_the_cookies_of_a_document_none_is_set() => NewStart().Begin(default, ScreenHint.SignIn, null).SetCookies.ShouldBeEmpty();

    [Fact]
    public void Four_open_sign_ins_are_left_alone() =>
        Begin("wos-auth-verifier=x; wos-auth-verifier-00000001=x; wos-auth-verifier-00000002=x; wos-auth-verifier-00000003=x; wos-auth-verifierXYZ=x; other=1")
            .SetCookies.ShouldHaveSingleItem().ShouldBe(Expected.FlowSet(_world.Provider.SignIns.Single().State));

    [Fact]
    public void At_five_all_go_before_the_new_one_is_set()
    {
        string[] names = ["wos-auth-verifier", "wos-auth-verifier-00000001", "wos-auth-verifier-00000002", "wos-auth-verifier-00000003", "wos-auth-verifier-00000004"];

        var cookies = Begin(string.Join("; ", names.Append("wos-auth-verifierXYZ").Append("wos-session").Select(name => $"{name}=x"))).SetCookies;

        cookies.ShouldBe([.. names.Select(Expected.FlowDeleted), Expected.FlowSet(_world.Provider.SignIns.Single().State)]);
    }

    [Fact]
    public void One_name_sent_often_is_one_sign_in() =>
        Begin(string.Join("; ", Enumerable.Repeat("wos-auth-verifier-00000001=x", 10))).SetCookies.Length.ShouldBe(1);

    [Theory]
    [InlineData("a b")]
    [InlineData("\"")]
    [InlineData("é")]
    [InlineData("a\\,b")]
    [InlineData("a\u0001")]
    public void A_cookie_name_that_cannot_be_written_disturbs_no_sign_in(string suffix) =>
        Begin($"wos-auth-verifier-{suffix}=x; " + string.Join("; ", Enumerable.Range(0, 5).Select(i => $"wos-auth-verifier-0000000{i}=x")))
            .SetCookies.Length.ShouldBe(6);

    private SignInRedirect Begin(string cookies) => NewStart().Begin(default, ScreenHint.SignIn, new CookieHeader([cookies]));

    private SignInStart NewStart() => new(_world.Site, _world.Provider, _world.Codec, new FixedRandom());
}
