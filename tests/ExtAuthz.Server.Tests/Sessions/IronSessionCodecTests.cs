using System.Text;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Server.Tests.Sessions;

public sealed class IronSessionCodecTests
{
    private readonly IronSessionCodec _codec = Seals.Codec();

    [Fact]
    public void Whatever_a_session_holds_comes_back_from_its_seal() => Prop.ForAll<string, string, string>((token, email, reason) =>
    {
        var user = new SessionUser("user_1", email, Json(email));
        var session = new Session(new AccessToken($"a{token}"), new RefreshToken($"r{token}"), user, new Impersonator($"{email}", reason), email);
        return _codec.Unseal(_codec.Seal(session)) == session;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_state_comes_back_from_its_seal() => Prop.ForAll<string, string, bool>((nonce, path, isRestart) =>
    {
        var state = new SignInState($"n{nonce}", "verifier", path) { IsRestart = isRestart, MaxAge = isRestart ? TimeSpan.FromMinutes(10) : null };
        return _codec.UnsealState(_codec.SealState(state, TimeSpan.FromMinutes(10))) == state;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_character_of_a_seal_can_be_changed_except_behind_the_version()
    {
        var seal = _codec.Seal(Seals.Session()).Value;
        foreach (var c in "A0a*~-\0é")
        {
            for (var i = 0; i < seal.Length; i++)
            {
                var changed = seal[..i] + c + seal[(i + 1)..];
                (_codec.Unseal(new SealedSession(changed)) is not null).ShouldBe(string.Equals(changed, seal, StringComparison.Ordinal), changed);
            }
        }
    }

    [Theory]
    [InlineData("part3 change unused trailing bits, signed")]
    [InlineData("part3 append =, signed")]
    [InlineData("part4 append ==, signed")]
    [InlineData("part4 empty, signed")]
    [InlineData("part4 flip last character, signed")]
    [InlineData("part5 1e15, signed")]
    [InlineData("part5 99999999999999999999, signed")]
    [InlineData("part2 empty, signed")]
    public void Even_whoever_knows_the_password_must_keep_to_the_format(string operation) =>
        _codec.Unseal(new SealedSession(SealMutation.Apply(operation, _codec.Seal(Seals.Session()).Value))).ShouldBeNull();

    [Fact]
    public void Random_text_opens_to_nothing() => Prop.ForAll<string, byte[]>((text, bytes) =>
    {
        var seal = _codec.Seal(Seals.Session()).Value;
        return new[] { text ?? "", Encoding.Latin1.GetString(bytes), $"Fe26.2*1*{text}~2", $"{seal[..40]}{text}{seal[40..]}{text}", Convert.ToBase64String(bytes) }
            .All(value => string.Equals(value, seal, StringComparison.Ordinal) || _codec.Unseal(new SealedSession(value)) is null);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_content_in_an_authentic_seal_opens_to_nothing() => Prop.ForAll<byte[]>(bytes =>
        _codec.Unseal(new SealedSession(Seals.Iron().Seal(bytes, lifetime: null))) is null
        && _codec.UnsealState(new SealedState(Seals.Iron().Seal(bytes, lifetime: null))) is null).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"accessToken":"a.b.c","refreshToken":"r","nonce":"n","codeVerifier":"v"}""")]
    [InlineData("""{"nonce":"n","codeVerifier":"v"}""")]
    [InlineData("""{"accessToken":"a.b.c"}""")]
    [InlineData("""{"accessToken":"","refreshToken":"r"}""")]
    [InlineData("""{"accessToken":["a.b.c"],"refreshToken":"r"}""")]
    [InlineData("""{"accessToken":"a.b.c","refreshToken":"r"} {}""")]
    [InlineData("""{"accessToken":"a.b.c","refreshToken":"r","x":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}""")]
    public void Content_that_is_no_session_is_refused(string content) => Unseal(content).ShouldBeNull();

    [Fact]
    public void A_seal_of_one_purpose_does_not_open_for_the_other()
    {
        _codec.UnsealState(new SealedState(_codec.Seal(Seals.Session()).Value)).ShouldBeNull();
        _codec.Unseal(new SealedSession(_codec.SealState(new SignInState("n", "v", null), TimeSpan.FromMinutes(10)).Value)).ShouldBeNull();
        _codec.UnsealState(new SealedState(Seals.Iron().Seal("""{"nonce":"n","codeVerifier":"v","accessToken":1}"""u8, lifetime: null))).ShouldBeNull();
        _codec.Unseal(_codec.SealWithoutRefreshToken(Seals.Session())).ShouldBeNull("it is for the upstream, not for the cookie");
    }

    [Fact]
    public void The_last_of_equal_members_counts_and_lone_surrogates_do_no_harm()
    {
        var session = Unseal("""{"\ud800":1,"accessToken":1,"accessToken":"\u0061.b.c\/","refreshToken":"r\ud800","user":{"id":"x","\udfff":[],"id":"user_1","email":"\ud83d\ude00"}}""");

        session.ShouldNotBeNull();
        session.AccessToken.Value.ShouldBe("a.b.c/");
        session.RefreshToken.Value.ShouldBe("r\ud800");
        session.User.ShouldBe(new SessionUser("user_1", "😀", """{"id":"x","\udfff":[],"id":"user_1","email":"\ud83d\ude00"}"""));
        Encoding.UTF8.GetString(SessionJson.Write(session, withRefreshToken: true)).ShouldContain("""
            "refreshToken":"r\ud800"
            """);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"id":""}""")]
    public void A_user_without_an_id_is_no_user(string user) =>
        Unseal($$"""{"accessToken":"a.b.c","refreshToken":"r","user":{{user}}}""").ShouldNotBeNull().User.ShouldBeNull();

    [Fact]
    public void A_user_in_the_words_of_the_API_is_sealed_again_in_those_of_AuthKit()
    {
        var session = Unseal("""{"accessToken":"a.b.c","refreshToken":"r","user":{"id":"user_1","email":"ü@x","first_name":"A\u0064a","email_verified":true}}""");

        session.ShouldNotBeNull().User.ShouldNotBeNull().Json
            .ShouldBe("""{"id":"user_1","email":"ü@x","emailVerified":true,"name":null,"firstName":"Ada","externalId":null,"metadata":{}}""");
    }

    [Fact]
    public void A_state_ends_sixty_seconds_after_its_lifetime()
    {
        var state = _codec.SealState(new SignInState("n", "v", "/"), TimeSpan.FromMinutes(10));

        Seals.Codec(now: Seals.Now.AddSeconds(659)).UnsealState(state).ShouldNotBeNull();
        Seals.Codec(now: Seals.Now.AddSeconds(660)).UnsealState(state).ShouldBeNull();
        Seals.Codec(now: Seals.Now.AddDays(1)).UnsealLateState(state).ShouldBe(new SignInState("n", "v", "/"));
        state.EndsAt.ShouldBe(Seals.Now.AddMinutes(10));
    }

    [Fact]
    public void The_newest_password_seals_and_every_one_opens()
    {
        var both = new IronSessionCodec(Seals.Iron(new Dictionary<int, string> { [9] = Seals.Password, [10] = new string('n', 32) }));
        var old = new IronSessionCodec(Seals.Iron(new Dictionary<int, string> { [9] = Seals.Password }));

        both.Seal(Seals.Session()).Value.ShouldStartWith("Fe26.2*10*");
        both.Unseal(old.Seal(Seals.Session())).ShouldBe(Seals.Session());
        old.Unseal(both.Seal(Seals.Session())).ShouldBeNull();
    }

    [Fact]
    public void A_password_below_32_characters_is_refused_and_none_is_ever_printed()
    {
        Should.Throw<ArgumentException>(() => Seals.Codec("secret of 31 characters, not 32"))
            .Message.ShouldNotContain("secret of");
        Should.Throw<ArgumentException>(() => new PasswordRing(new Dictionary<int, string>()));
        var ring = new PasswordRing(new Dictionary<int, string> { [1] = Seals.Password });
        $"{ring} {ring.Sealing}".ShouldNotContain(Seals.Password);
    }

    [Fact]
    public void A_seal_longer_than_16_KiB_is_not_looked_at()
    {
        var session = Seals.Session();
        var large = session with { User = session.User! with { Json = $$"""{"id":"user_1","metadata":"{{new string('x', 12 * 1024)}}"}""" } };

        _codec.Unseal(_codec.Seal(large)).ShouldBeNull();
    }

    private Session? Unseal(string content) => _codec.Unseal(new SealedSession(Seals.Iron().Seal(Encoding.UTF8.GetBytes(content), lifetime: null)));

    private static string Json(string? email) => $$"""{"id":"user_1","email":{{(email is null ? "null" : new StringBuilder().AppendString(email))}}}""";
}
