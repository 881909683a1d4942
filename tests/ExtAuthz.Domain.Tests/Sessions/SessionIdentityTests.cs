using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Sessions;

/// <summary>Headers, sign-out and revocation speak of one session id, the one that logout tokens name.</summary>
public sealed class SessionIdentityTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData("session_a", null, "session_a")]
    [InlineData(null, "session_i", "session_i")]
    [InlineData("session_a", "session_i", "session_i")]
    [InlineData("session_a", "", "session_a")]
    [InlineData(null, null, null)]
    public async Task The_ID_token_names_the_session_and_else_the_access_token(string? inAccessToken, string? inIdToken, string? sessionId)
    {
        var session = NewSession(inAccessToken, inIdToken);

        SessionIdentity.Of(session).ShouldBe(new SessionIdentity(sessionId, "user_1", _world.Clock.GetUtcNow()));
        var allowed = (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(session)))).ShouldAllow(DecisionReason.SignedIn);
        allowed.UpstreamHeaders.Sets("x-auth-session-id").ShouldBe(sessionId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_only_its_ID_token_names_can_be_ended(bool isExpired)
    {
        var session = NewSession(null, "session_i", isExpired ? TimeSpan.FromMinutes(6) : TimeSpan.Zero);
        await _world.Revocation.RevokeAsync("session_i", TestContext.Current.CancellationToken);

        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(session)))).ShouldDeny(DecisionReason.SessionEnded, 307);
        _world.Provider.Refreshes.ShouldBe(0);
    }

    [Fact]
    public async Task Two_cookies_of_a_session_that_only_its_ID_token_names_are_one_session()
    {
        var cookies = $"{_world.CookieOf(NewSession(null, "session_i"))}; {_world.CookieOf(NewSession(null, "session_i", TimeSpan.FromMinutes(1)))}";

        (await _world.CheckAsync(Requests.Document("/dashboard", cookies))).ShouldAllow(DecisionReason.SignedIn);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_user_whose_sessions_all_end_keeps_those_that_began_later(int secondsLater, bool isOver)
    {
        var moment = _world.Clock.GetUtcNow();
        var warm = _world.CookieOf(_world.NewSession());
        (await _world.CheckAsync(Requests.Document("/dashboard", warm))).ShouldAllow(DecisionReason.SignedIn);
        await _world.Revocation.RevokeUserAsync("user_1", moment, TestContext.Current.CancellationToken);

        _world.Clock.Advance(TimeSpan.FromSeconds(secondsLater));
        var session = _world.CookieOf(_world.NewSession(sessionId: "session_2"));

        ((await _world.CheckAsync(Requests.Document("/dashboard", session))) is CheckDecision.Denied).ShouldBe(isOver);
        (await _world.CheckAsync(Requests.Document("/dashboard", warm))).ShouldDeny(DecisionReason.SessionEnded, 307);
        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.Expired())))).ShouldDeny(DecisionReason.SessionEnded, 307);
        (await _world.CheckAsync(Requests.Document("/dashboard", _world.CookieOf(_world.NewSession("user_2", "session_3"))))).ShouldAllow(DecisionReason.SignedIn);
        _world.Provider.Refreshes.ShouldBe(0);
    }

    private Session NewSession(string? inAccessToken, string? inIdToken, TimeSpan age = default)
    {
        var issuedAt = _world.Clock.GetUtcNow() - age;
        return _world.NewSession() with
        {
            AccessToken = Fakes.Tokens.Issue("user_1", inAccessToken, "org_1", issuedAt, TimeSpan.FromMinutes(5)),
            IdToken = new IdToken(Fakes.Tokens.Issue("user_1", inIdToken, null, issuedAt, TimeSpan.FromMinutes(5)).Value),
        };
    }
}
