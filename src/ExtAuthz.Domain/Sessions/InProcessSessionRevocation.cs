using System.Collections.Concurrent;

namespace ExtAuthz.Domain.Sessions;

/// <summary>
/// Remembers ended sessions in this process, for as long as an access token may live. Bounded: past <paramref name="capacity"/> what was ended first is forgotten.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="capacity">How many sessions and users are remembered.</param>
public sealed class InProcessSessionRevocation(TimeProvider clock, int capacity) : ISessionRevocation
{
    /// <summary>No accepted access token lives longer.</summary>
    public static TimeSpan Memory { get; } = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<(bool IsUser, string? Id), Ended> _ended = new();
    private readonly Queue<(bool IsUser, string? Id)> _inOrder = new();
    private readonly Lock _gate = new();
    private volatile bool _endedUsers;

    /// <inheritdoc/>
    public bool IsRevoked(in SessionIdentity session) =>
        IsRevoked((false, session.SessionId), session.IssuedAt) || (_endedUsers && IsRevoked((true, session.UserId), session.IssuedAt));

    /// <inheritdoc/>
    public ValueTask<bool> IsRevokedAsync(SessionIdentity session, CancellationToken cancellationToken) => ValueTask.FromResult(IsRevoked(session));

    /// <inheritdoc/>
    public ValueTask RevokeAsync(string sessionId, CancellationToken cancellationToken)
    {
        Revoke(sessionId);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask BeginAsync(SessionIdentity session, CancellationToken cancellationToken)
    {
        Begin(session);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RevokeUserAsync(string userId, DateTimeOffset issuedBy, CancellationToken cancellationToken)
    {
        RevokeUser(userId, issuedBy);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="RevokeAsync"/>
    public void Revoke(string sessionId) => Remember((false, sessionId), DateTimeOffset.MaxValue);

    /// <inheritdoc cref="BeginAsync"/>
    public void Begin(in SessionIdentity session)
    {
        lock (_gate)
        {
            var key = (false, session.SessionId);
            if (Find(key) is { } ended)
            {
                _ended[key] = ended with { IssuedBy = session.IssuedAt?.AddTicks(-1) ?? DateTimeOffset.MinValue };
            }
        }
    }

    /// <inheritdoc cref="RevokeUserAsync"/>
    public void RevokeUser(string userId, DateTimeOffset issuedBy)
    {
        _endedUsers = true;
        Remember((true, userId), issuedBy);
    }

    private void Remember((bool IsUser, string? Id) key, DateTimeOffset issuedBy)
    {
        lock (_gate)
        {
            var known = Find(key);
            if (known is null)
            {
                MakeRoom();
                _inOrder.Enqueue(key);
            }

            if (known is null || known.IssuedBy < issuedBy)
            {
                _ended[key] = new Ended(issuedBy, clock.GetUtcNow() + Memory);
            }
        }
    }

    private bool IsRevoked((bool IsUser, string? Id) key, DateTimeOffset? issuedAt) => key.Id is not null && Find(key) is { } ended && !(issuedAt > ended.IssuedBy);

    private Ended? Find((bool IsUser, string? Id) key) => _ended.TryGetValue(key, out var ended) && clock.GetUtcNow() < ended.Until ? ended : null;

    private void MakeRoom()
    {
        while (_inOrder.TryPeek(out var oldest) && (_inOrder.Count >= capacity || Find(oldest) is null))
        {
            _ended.TryRemove(_inOrder.Dequeue(), out _);
        }
    }

    private sealed record Ended(DateTimeOffset IssuedBy, DateTimeOffset Until);
}
