using System.Text.Json;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Sessions;

/// <summary>What a session loses when it is too large for its cookies, in which order, and what it never loses.</summary>
public sealed class SessionSealerTests
{
    private const string Long = "4000 bytes";
    private static readonly SessionCookieSettings Cookie = World.DefaultSite.Cookie;

    // The fake seal is as long as what it holds, so the numbers can be reckoned.
    private readonly FakeCodec _codec = new(TimeProvider.System) { Length = session => session.AccessToken.Value.Length + (session.User?.Json.Length ?? 0) };

    [Theory]
    [InlineData("", "", "", "", null)]
    [InlineData(Long, "", "", "", null)]
    [InlineData(Long, Long, "", "", UserPart.Metadata)]
    [InlineData("", Long, Long, "", UserPart.ProfilePicture)]
    [InlineData("", "", Long, Long, UserPart.Names)]
    [InlineData(Long, Long, Long, Long, UserPart.Names)]
    public void The_least_needed_part_goes_first(string metadata, string picture, string firstName, string lastName, UserPart? leftOut)
    {
        var user = User($$$"""{"object":"user","id":"user_1","email":"a@example.com","emailVerified":true,"name":null,"firstName":"{{{Fill(firstName)}}}","profilePictureUrl":"{{{Fill(picture)}}}","lastName":"{{{Fill(lastName)}}}","metadata":{"a":"{{{Fill(metadata)}}}"}}""");

        var fit = Seal(user);

        fit.IsTooLarge.ShouldBeFalse();
        (fit.Events.OfType<SessionEvent.Trimmed>().SingleOrDefault()?.LeftOut).ShouldBe(leftOut);
        fit.Events.IsEmpty.ShouldBe(leftOut is null);
        _codec.Unseal(fit.Sealed).ShouldBe(fit.Session);
        var kept = JsonElement.Parse(fit.Session.User!.Json);
        kept.GetProperty("id").GetString().ShouldBe("user_1");
        kept.GetProperty("email").GetString().ShouldBe("a@example.com");
        kept.GetProperty("emailVerified").GetBoolean().ShouldBeTrue();
        kept.GetProperty("metadata").ValueKind.ShouldBe(JsonValueKind.Object, "applications look into it unasked");
        kept.TryGetProperty("profilePictureUrl", out _).ShouldBe(leftOut is null or UserPart.Metadata);
        kept.TryGetProperty("lastName", out _).ShouldBe(leftOut is not UserPart.Names);
    }

    [Fact]
    public void At_last_only_the_identity_is_left()
    {
        var fit = Seal(User($$"""{"id":"user_1","email":"a@example.com","locale":"{{Fill(Long)}}","ext\u0065rnalId":"{{Fill(Long)}}"}"""));

        fit.Session.User.ShouldBe(new SessionUser("user_1", "a@example.com", """{"id":"user_1","email":"a@example.com"}"""));
        fit.Session.AccessToken.ShouldBe(new AccessToken("token"));
        fit.Session.RefreshToken.ShouldBe(new RefreshToken("refresh"));
        fit.Events.ShouldBe([new SessionEvent.Trimmed(UserPart.Profile, "wos-session=; ".Length + fit.Sealed.Value.Length)]);
    }

    [Fact]
    public void Tokens_over_the_budget_are_kept_as_long_as_four_chunks_hold_them()
    {
        var fit = Seal(User("""{"id":"user_1","locale":"en"}"""), token: new string('t', 12_000));

        fit.IsTooLarge.ShouldBeFalse();
        fit.Session.User!.Json.ShouldBe("""{"id":"user_1"}""");
        fit.Events.ShouldHaveSingleItem().ShouldBeOfType<SessionEvent.Trimmed>().Length.ShouldBeGreaterThan(SessionSealer.Budget);
    }

    [Fact]
    public void What_no_cookies_can_hold_is_said_so()
    {
        var fit = Seal(User("""{"id":"user_1"}"""), token: new string('t', 17_000));

        fit.IsTooLarge.ShouldBeTrue();
        fit.Events.ShouldBe([new SessionEvent.TooLarge(fit.Sealed.Value.Length)]);
    }

    [Fact]
    public void Without_chunking_one_cookie_is_all_there_is()
    {
        var sealer = new SessionSealer(_codec, Cookie with { Chunking = false });

        var fit = sealer.Seal(SessionOf(User($$$"""{"id":"user_1","metadata":{"a":"{{{Fill(Long)}}}{{{Fill(Long)}}}"}}"""), "token"));

        fit.Session.User!.Json.ShouldBe("""{"id":"user_1","metadata":{}}""");
        fit.Events.ShouldHaveSingleItem().ShouldBeOfType<SessionEvent.Trimmed>().LeftOut.ShouldBe(UserPart.Metadata);
        sealer.Seal(SessionOf(User("""{"id":"user_1"}"""), new string('t', 5000))).IsTooLarge.ShouldBeTrue();
    }

    [Fact]
    public void A_session_without_a_user_has_nothing_to_lose() =>
        new SessionSealer(_codec, Cookie).Seal(SessionOf(null, new string('t', 12_000))).Session.User.ShouldBeNull();

    private SealedSessionFit Seal(SessionUser user, string token = "token") => new SessionSealer(_codec, Cookie).Seal(SessionOf(user, token));

    private static Session SessionOf(SessionUser? user, string token) => new(new AccessToken(token), new RefreshToken("refresh"), user, Impersonator: null, AuthenticationMethod: null);

    private static SessionUser User(string json) => new("user_1", "a@example.com", json);

    private static string Fill(string part) => part is Long ? new string('x', 4000) : part;
}
