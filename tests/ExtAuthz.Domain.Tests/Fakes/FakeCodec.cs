using System.Collections.Concurrent;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>Seals are tickets for what was sealed; what it never sealed it does not open.</summary>
internal sealed class FakeCodec(TimeProvider clock) : ISessionCodec
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (SignInState State, DateTimeOffset Until)> _states = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How long the seal of a session is, at least.</summary>
    public Func<Session, int> Length { get; set; } = _ => 0;

    public int Unseals { get; private set; }

    /// <summary>The session behind a seal without refresh token, as an upstream reads it.</summary>
    public ConcurrentDictionary<string, Session> ForUpstreams { get; } = new(StringComparer.Ordinal);

    public SealedSession Seal(Session session) => new(Ticket("session", _sessions, session, Length(session)));

    public SealedSession SealWithoutRefreshToken(Session session) => new(Ticket("upstream", ForUpstreams, session));

    public Session? Unseal(SealedSession value)
    {
        Unseals++;
        return _sessions.GetValueOrDefault(value.Value);
    }

    public SealedState SealState(SignInState state, TimeSpan lifetime) => new(Ticket("state", _states, (state, clock.GetUtcNow() + lifetime), rest: $"*salt*iv*text*{(clock.GetUtcNow() + lifetime).ToUnixTimeMilliseconds()}*salt*mac"));

    public SignInState? UnsealState(SealedState value) =>
        _states.TryGetValue(value.Value, out var kept) && clock.GetUtcNow() < kept.Until ? kept.State : null;

    public SignInState? UnsealLateState(SealedState value) => _states.GetValueOrDefault(value.Value).State;

    private string Ticket<T>(string kind, ConcurrentDictionary<string, T> kept, T value, int length = 0, string rest = "")
    {
        var ticket = $"Fe26.2*{kind}-{Interlocked.Increment(ref _count)}{rest}~2".PadRight(length, 'x');
        kept[ticket] = value;
        return ticket;
    }
}
