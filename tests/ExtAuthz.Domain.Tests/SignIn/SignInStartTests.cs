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
        states.Select(state => state.Nonce).ShouldBe(_world.Provider.SignIns.Select(signIn => signIn.Nonce));
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
    public void At_five_the_oldest_goes_and_what_is_no_seal_is_the_oldest()
    {
        var names = BeginAfterMinutes(0, 1, 2, 3, 4);
        Begin(Jar([names[3], names[1], names[0], names[4], names[2]])).SetCookies[0].ShouldBe(Expected.FlowDeleted(names[0].Name));

        var cookies = Begin(Jar(names) + "; wos-auth-verifier=x").SetCookies;

        cookies.ShouldBe([Expected.FlowDeleted("wos-auth-verifier"), Expected.FlowDeleted(names[0].Name), Expected.FlowSet(_world.Provider.SignIns.Last().State)]);
    }

    [Fact]
    public void Sign_ins_give_way_where_the_session_needs_the_room()
    {
        var names = BeginAfterMinutes(0, 1, 2, 3);
        var flow = $"{names[0].Name}={names[0].Value}; ".Length;
        var session = OpenSignIns.Budget - (3 * flow) - "wos-session.0=; wos-session.1=; ".Length;
        string Cookies(int length) => $"{Jar(names)}; wos-session.0={new string('s', 4000)}; wos-session.1={new string('s', length - 4000)}; wos-sessions={new string('x', 1500)}";

        Begin(Cookies(session)).SetCookies[..^1].ShouldBe(names.Take(2).Select(name => Expected.FlowDeleted(name.Name)));
        Begin(Cookies(session + 1)).SetCookies[..^1].ShouldBe(names.Take(3).Select(name => Expected.FlowDeleted(name.Name)));
    }

    [Fact]
    public void Where_the_upstream_answers_the_callback_the_name_is_AuthKits()
    {
        var start = new SignInStart(_world.Site with { HandlesCallback = false }, _world.Provider, _world.Codec, new FixedRandom());

        var cookie = start.Begin(default, ScreenHint.SignIn, new CookieHeader([])).SetCookies.Single();

        cookie.ShouldStartWith($"{FlowCookie.AuthKitName(_world.Provider.SignIns.Single().State)}=");
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
            .SetCookies.Length.ShouldBe(2);

    private List<(string Name, string Value)> BeginAfterMinutes(params int[] minutes)
    {
        var start = _world.Clock.GetUtcNow();
        return [.. minutes.Select(minute =>
        {
            _world.Clock.SetUtcNow(start.AddMinutes(minute));
            var state = _world.Codec.SealState(new SignInState("n", "v", "/"), SignInStart.Lifetime);
            return (FlowCookie.Name(state), state.Value);
        })];
    }

    private static string Jar(IEnumerable<(string Name, string Value)> flows) => string.Join("; ", flows.Select(flow => $"{flow.Name}={flow.Value}"));

    private SignInRedirect Begin(string cookies) => NewStart().Begin(default, ScreenHint.SignIn, new CookieHeader([cookies]));

    private SignInStart NewStart() => new(_world.Site, _world.Provider, _world.Codec, new FixedRandom());
}
