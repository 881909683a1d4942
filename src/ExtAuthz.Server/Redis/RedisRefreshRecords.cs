using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// What all replicas know of refresh tokens. Redis saves exchanges and carries results; it is never trusted with a secret, and never needed to keep
/// a session: while it is away this replica goes on with what it knows itself, or waits (<see cref="WhenRedisIsDown"/>).
/// </summary>
internal sealed class RedisRefreshRecords(
    RedisConnection redis,
    RefreshRecordKeys keys,
    RefreshResultText text,
    RedisClaims claims,
    PublishedResults published,
    SpentTokens spent,
    RefreshLockKeeper locks,
    RefreshWaiters waiters,
    WhenRedisIsDown whenDown,
    RefreshRecordLife lives,
    TimeProvider clock) : IRefreshRecords
{
    private readonly InProcessRefreshRecords _own = new(lives, clock);

    /// <inheritdoc/>
    public async ValueTask<RefreshClaim> ClaimAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        var name = keys.NameOf(grant.RefreshToken);
        var claim = await claims.AskAsync(grant, name, owner, cancellationToken);
        if (claim is not RefreshClaim.Held)
        {
            waiters.Wake(name);
        }

        switch (claim)
        {
            case null:
                return await ClaimWithoutRedisAsync(grant, owner, cancellationToken);
            case RefreshClaim.Granted:
                locks.Keep(name, owner);
                return await UnlessKnownAsync(grant, owner, claim, cancellationToken);
            case RefreshClaim.Settled { Result: var result }:
                await _own.PublishAsync(grant, owner, result, cancellationToken);
                published.Learn(ToPublish(grant, owner, result));
                return claim;
            default:
                return claim;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<RefreshResult> PublishAsync(RefreshGrant grant, string owner, RefreshResult result, CancellationToken cancellationToken)
    {
        await locks.LetGoAsync(owner);
        await _own.PublishAsync(grant, owner, result, cancellationToken);
        return await published.PublishAsync(ToPublish(grant, owner, result), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        await locks.LetGoAsync(owner);
        await _own.ReleaseAsync(grant, owner, cancellationToken);
        var name = keys.NameOf(grant.RefreshToken);
        await redis.EvaluateAsync(RefreshScripts.Release, [keys.Lock(name)], [RedisValues.Text(owner), RedisValues.Text(waiters.Channel), RedisValues.Text(name)], cancellationToken);
    }

    /// <inheritdoc/>
    public void Acknowledge(RefreshToken successor)
    {
        _own.Acknowledge(successor);
        _ = AcknowledgeAsync(keys.NameOf(successor));
    }

    /// <summary>A Redis that lost what it knew lets a token be taken that was exchanged before.</summary>
    private async Task<RefreshClaim> UnlessKnownAsync(RefreshGrant grant, string owner, RefreshClaim granted, CancellationToken cancellationToken)
    {
        switch (await _own.ClaimAsync(grant, owner, cancellationToken))
        {
            case RefreshClaim.Settled { Result: RefreshResult.Renewed renewed } when RefreshRecordLife.SettlesToken(grant, renewed):
                return new RefreshClaim.Settled(await PublishAsync(grant, owner, renewed, cancellationToken));
            case (RefreshClaim.Spent or RefreshClaim.Held) and var known:
                await ReleaseAsync(grant, owner, cancellationToken);
                return known;
            default:
                return granted;
        }
    }

    private PublishedResult ToPublish(RefreshGrant grant, string owner, RefreshResult result) =>
        new(keys.NameOf(grant.RefreshToken), grant, owner, result, clock.GetUtcNow() + lives.Of(grant, result));

    /// <summary>What this replica knows still counts; whether it goes on alone is configured.</summary>
    private async ValueTask<RefreshClaim> ClaimWithoutRedisAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        var claim = await _own.ClaimAsync(grant, owner, cancellationToken);
        if (claim is RefreshClaim.Granted && whenDown is WhenRedisIsDown.Defer)
        {
            await _own.ReleaseAsync(grant, owner, cancellationToken);
            return new RefreshClaim.Unreachable();
        }

        return claim;
    }

    private async Task AcknowledgeAsync(string successor)
    {
        if (await redis.GetAsync(keys.Predecessor(successor), CancellationToken.None) is RedisReply.Answered { Value: { } record } && text.OpenName(successor, record) is { } name)
        {
            published.Acknowledge(name);
            await spent.AddAsync(name);
        }
    }
}
