using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Refresh;

/// <summary>What one process knows of refresh tokens. Bounded: in a crowd results are kept for a minute only.</summary>
public sealed class InProcessRefreshRecords(RefreshRecordLife lives, TimeProvider clock) : IRefreshRecords
{
    private const int Crowd = 20_000;
    private const int RememberedSpent = 100_000;
    private static readonly TimeSpan LifeInACrowd = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, (string Owner, TaskCompletionSource End)> _claims = [];
    private readonly Dictionary<Digest, Kept> _results = [];
    private readonly Dictionary<Digest, Digest> _predecessors = [];
    private readonly PriorityQueue<Digest, DateTimeOffset> _ends = new();
    private readonly UsedOnce _spent = new(clock, RefreshRecordLife.Spent, RememberedSpent);

    /// <inheritdoc/>
    public ValueTask<RefreshClaim> ClaimAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<RefreshClaim>(
                (Find(KeyOf(grant.RefreshToken)) ?? Find(KeyOf(grant))) is { } result ? new RefreshClaim.Settled(result)
                : _spent.IsUsed(grant.RefreshToken.Value) ? new RefreshClaim.Spent()
                : Take(KeyOf(grant.RefreshToken), owner));
        }
    }

    /// <inheritdoc/>
    public ValueTask<RefreshResult> PublishAsync(RefreshGrant grant, string owner, RefreshResult result, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            GiveUp(grant.RefreshToken, owner);
            Keep(grant, result);
            return ValueTask.FromResult(result);
        }
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            GiveUp(grant.RefreshToken, owner);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Acknowledge(RefreshToken successor)
    {
        lock (_gate)
        {
            if (_predecessors.Remove(KeyOf(successor), out var predecessor) && _results.TryGetValue(predecessor, out var kept))
            {
                _spent.TryUse(kept.Token.Value);
                Keep(predecessor, kept with { Until = Sooner(kept.Until, clock.GetUtcNow() + RefreshRecordLife.Acknowledged) });
            }
        }
    }

    private RefreshClaim Take(Digest token, string owner)
    {
        if (_claims.TryGetValue(token, out var claim) && !string.Equals(claim.Owner, owner, StringComparison.Ordinal))
        {
            return new RefreshClaim.Held(claim.End.Task);
        }

        _claims.TryAdd(token, (owner, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        return new RefreshClaim.Granted(SinceFirstSend: null);
    }

    private void GiveUp(RefreshToken token, string owner)
    {
        if (_claims.TryGetValue(KeyOf(token), out var claim) && string.Equals(claim.Owner, owner, StringComparison.Ordinal))
        {
            _claims.Remove(KeyOf(token));
            claim.End.SetResult();
        }
    }

    private void Keep(RefreshGrant grant, RefreshResult result)
    {
        DropEnded();
        var life = lives.Of(grant, result);
        if (life <= TimeSpan.Zero)
        {
            return;
        }

        var settlesToken = RefreshRecordLife.SettlesToken(grant, result);
        var key = settlesToken ? KeyOf(grant.RefreshToken) : KeyOf(grant);
        Keep(key, new Kept(result, grant.RefreshToken, clock.GetUtcNow() + (_results.Count < Crowd || life < LifeInACrowd ? life : LifeInACrowd)));
        if (settlesToken && result is RefreshResult.Renewed { Session.RefreshToken: var successor })
        {
            _predecessors[KeyOf(successor)] = key;
        }
    }

    private void Keep(Digest key, Kept kept)
    {
        _results[key] = kept;
        _ends.Enqueue(key, kept.Until);
    }

    private RefreshResult? Find(Digest key) => _results.TryGetValue(key, out var kept) && clock.GetUtcNow() < kept.Until ? kept.Result : null;

    private void DropEnded()
    {
        while (_ends.TryPeek(out var key, out var end) && end <= clock.GetUtcNow())
        {
            _ends.Dequeue();
            if (_results.TryGetValue(key, out var kept) && kept.Until <= end)
            {
                _results.Remove(key);
                if (kept.Result is RefreshResult.Renewed { Session.RefreshToken: var successor })
                {
                    _predecessors.Remove(KeyOf(successor));
                }
            }
        }
    }

    private static DateTimeOffset Sooner(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static Digest KeyOf(RefreshToken token) => Digest.Of(token.Value);

    private static Digest KeyOf(RefreshGrant grant) => Digest.Of($"{grant.RefreshToken.Value.Length}:{grant.RefreshToken.Value}{grant.OrganizationId}");

    private sealed record Kept(RefreshResult Result, RefreshToken Token, DateTimeOffset Until);
}
