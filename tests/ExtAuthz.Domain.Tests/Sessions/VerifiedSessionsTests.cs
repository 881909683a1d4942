using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Sessions;

public sealed class VerifiedSessionsTests
{
    private readonly World _world = new();

    [Fact]
    public void A_session_is_found_by_its_whole_cookie_only()
    {
        var sessions = Remember(capacity: 10);
        var session = Add(sessions, 1);

        sessions.Find(session.Sealed).ShouldBeSameAs(session);
        sessions.Find(new SealedSession(session.Sealed.Value + "x")).ShouldBeNull();
        sessions.Find(new SealedSession(session.Sealed.Value[..^1])).ShouldBeNull();
        sessions.Find(new SealedSession("")).ShouldBeNull();
    }

    [Fact]
    public void A_session_is_forgotten_when_it_needs_a_refresh()
    {
        var sessions = Remember(capacity: 10);
        var session = Add(sessions, 1);

        _world.Clock.Advance(TimeSpan.FromMinutes(4) - TimeSpan.FromTicks(1));
        sessions.Find(session.Sealed).ShouldNotBeNull();

        _world.Clock.Advance(TimeSpan.FromTicks(1));
        sessions.Find(session.Sealed).ShouldBeNull();
    }

    [Fact]
    public void New_keys_make_every_session_be_verified_again()
    {
        var sessions = Remember(capacity: 10);
        var session = Add(sessions, 1);

        _world.Verifier.KeyGeneration++;

        sessions.Find(session.Sealed).ShouldBeNull();
        sessions.Add(session);
        sessions.Find(session.Sealed).ShouldBeNull("it was verified with keys that have gone");
    }

    [Fact]
    public void What_is_asked_for_stays_and_what_is_not_goes()
    {
        var sessions = Remember(capacity: 4);
        var (asked, left) = (Add(sessions, 0), Add(sessions, 1));
        for (var i = 2; i < 40; i++)
        {
            Add(sessions, i);
            sessions.Find(asked.Sealed).ShouldBeSameAs(asked);
        }

        sessions.Find(left.Sealed).ShouldBeNull();
    }

    [Fact]
    public void No_more_than_two_generations_are_kept()
    {
        var sessions = Remember(capacity: 50);
        var added = Enumerable.Range(0, 1000).Select(i => Add(sessions, i)).ToList();

        added.AsEnumerable().Reverse().Count(session => sessions.Find(session.Sealed) is not null).ShouldBeInRange(50, 100);
    }

    [Fact]
    public void Without_capacity_nothing_is_remembered()
    {
        var sessions = Remember(capacity: 0);

        sessions.Find(Add(sessions, 1).Sealed).ShouldBeNull();
    }

    [Fact]
    public void Nobody_ever_gets_the_session_of_another_cookie()
    {
        var sessions = Remember(capacity: 300);
        var all = Enumerable.Range(0, 1000).Select(NewSession).ToArray();

        Parallel.For(0, 200_000, i =>
        {
            var mine = all[(i * 7919) % all.Length];
            if (sessions.Find(mine.Sealed) is { } found)
            {
                found.ShouldBeSameAs(mine);
            }
            else
            {
                sessions.Add(mine);
            }
        });

        all.Count(session => sessions.Find(session.Sealed) is not null).ShouldBeGreaterThan(0);
    }

    private VerifiedSessions Remember(int capacity) => new(_world.Verifier, _world.Clock, capacity);

    private VerifiedSession Add(VerifiedSessions sessions, int number)
    {
        var session = NewSession(number);
        sessions.Add(session);
        return session;
    }

    private VerifiedSession NewSession(int number) => new()
    {
        Sealed = new SealedSession($"Fe26.2*seal-{number}~2"),
        Session = _world.NewSession($"user_{number}", $"session_{number}"),
        Claims = new AccessTokenClaims { Subject = $"user_{number}", ExpiresAt = _world.Clock.GetUtcNow() + TimeSpan.FromMinutes(5) },
        Identity = new SessionIdentity($"session_{number}", $"user_{number}", null),
        UpstreamHeaders = UpstreamHeaders.Unchanged,
        RefreshAt = _world.Clock.GetUtcNow() + TimeSpan.FromMinutes(4),
        KeyGeneration = _world.Verifier.KeyGeneration,
    };
}
