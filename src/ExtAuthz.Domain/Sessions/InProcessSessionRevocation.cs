using System.Collections.Concurrent;

namespace ExtAuthz.Domain.Sessions;

/// <summary>
/// Remembers ended sessions in this process, for as long as an access token may live. Bounded: past <paramref name="capacity"/> the one ended first is forgotten.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="capacity">How many sessions are remembered.</param>
public sealed class InProcessSessionRevocation(TimeProvider clock, int capacity) : ISessionRevocation
{
    /// <summary>No accepted access token lives longer.</summary>
    public static TimeSpan Memory { get; } = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);
    private readonly Queue<string> _inOrder = new();
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public bool IsRevoked(string sessionId) => _until.TryGetValue(sessionId, out var until) && clock.GetUtcNow() < until;

    /// <inheritdoc/>
    public ValueTask RevokeAsync(string sessionId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!IsRevoked(sessionId))
            {
                MakeRoom();
                _until[sessionId] = clock.GetUtcNow() + Memory;
                _inOrder.Enqueue(sessionId);
            }
        }

        return ValueTask.CompletedTask;
    }

    private void MakeRoom()
    {
        while (_inOrder.TryPeek(out var oldest) && (_inOrder.Count >= capacity || !IsRevoked(oldest)))
        {
            _until.TryRemove(_inOrder.Dequeue(), out _);
        }
    }
}
