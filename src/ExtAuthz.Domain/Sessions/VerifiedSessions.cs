using System.Collections.Concurrent;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Sessions;

/// <summary>
/// Remembers verified sessions by the digest of their whole cookie, so that a warm request costs one hash. Bounded by two
/// generations: when the young one is full it becomes the old one, and what is not asked for again is forgotten.
/// </summary>
/// <param name="verifier">Tells when keys have changed: then everything is verified again.</param>
/// <param name="clock">The time.</param>
/// <param name="capacity">How many sessions a generation holds; zero remembers nothing.</param>
public sealed class VerifiedSessions(IAccessTokenVerifier verifier, TimeProvider clock, int capacity)
{
    private ConcurrentDictionary<Digest, VerifiedSession> _young = new();
    private ConcurrentDictionary<Digest, VerifiedSession> _old = new();
    private readonly Lock _rotation = new();
    private int _added;

    /// <summary>The session of this cookie value if it is verified and needs no refresh yet, else null.</summary>
    public VerifiedSession? Find(SealedSession cookie)
    {
        if (capacity == 0)
        {
            return null;
        }

        var key = Digest.Of(cookie.Value);
        if (!_young.TryGetValue(key, out var session) && _old.TryGetValue(key, out session))
        {
            Keep(key, session);
        }

        return session is not null && IsCurrent(session) && string.Equals(session.Sealed.Value, cookie.Value, StringComparison.Ordinal) ? session : null;
    }

    /// <summary>Remembers a session until it needs a refresh.</summary>
    public void Add(VerifiedSession session)
    {
        if (capacity > 0 && IsCurrent(session))
        {
            Keep(Digest.Of(session.Sealed.Value), session);
        }
    }

    private bool IsCurrent(VerifiedSession session) =>
        session.KeyGeneration == verifier.KeyGeneration && clock.GetUtcNow() < session.RefreshAt;

    private void Keep(Digest key, VerifiedSession session)
    {
        _young[key] = session;
        if (Interlocked.Increment(ref _added) < capacity)
        {
            return;
        }

        lock (_rotation)
        {
            if (_added >= capacity)
            {
                _old = _young;
                _young = new ConcurrentDictionary<Digest, VerifiedSession>();
                _added = 0;
            }
        }
    }
}
