using System.Text;
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
    PublishedResults published,
    RefreshLockKeeper locks,
    RefreshWaiters waiters,
    WhenRedisIsDown whenDown,
    RefreshRecordLife lives,
    TimeProvider clock) : IRefreshRecords
{
    /// <summary>
    /// How often Redis is asked, while it is silent or has records that do not open, before it counts as away. A machine too busy to hear an answer in time
    /// is no outage: to go on alone then would send one token from every replica.
    /// </summary>
    private const int MostAttempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan JustAfter = TimeSpan.FromMilliseconds(20);

    /// <summary>Where a second use is theft, no token is taken so soon after a reconnect: whoever exchanged it while Redis was away, or is about to, first tells one that lost what it knew.</summary>
    private static readonly TimeSpan Reunion = TimeSpan.FromSeconds(3);

    private readonly InProcessRefreshRecords _own = new(lives, clock);

    /// <inheritdoc/>
    public async ValueTask<RefreshClaim> ClaimAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        var name = keys.NameOf(grant.RefreshToken);
        var next = waiters.NextAsync(name);
        var claim = await AskRedisAsync(grant, name, owner, next, cancellationToken);
        if (claim is not RefreshClaim.Held)
        {
            waiters.Wake(name);
        }

        return claim ?? await ClaimWithoutRedisAsync(grant, owner, cancellationToken);
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

    /// <summary>What Redis says; null when it is of no use.</summary>
    private async Task<RefreshClaim?> AskRedisAsync(RefreshGrant grant, string name, string owner, Task next, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var reunion = whenDown is WhenRedisIsDown.Defer ? Reunion - redis.SinceChange : TimeSpan.Zero;
            var reply = await redis.EvaluateAsync(
                RefreshScripts.Claim,
                [keys.Result(name), keys.Failure(name, grant.OrganizationId), keys.Tombstone(name), keys.Lock(name), keys.Attempt(name)],
                [RedisValues.Text(owner), RedisValues.Milliseconds(locks.Life), RedisValues.Milliseconds(lives.Unacknowledged), RedisValues.Flag(reunion <= TimeSpan.Zero)],
                cancellationToken);
            if (reply is RedisReply.Unavailable { Cause: not RedisFault.Refused } && redis.IsConnected)
            {
                await Task.Delay(Pause, clock, cancellationToken);
                continue;
            }

            if (reply is not RedisReply.Answered { Value: { } kind } answer)
            {
                return null;
            }

            switch (Encoding.ASCII.GetString(kind))
            {
                case "settled" or "failed" when text.Open(name, answer.Part(1)) is { } result:
                    await _own.PublishAsync(grant, owner, result, cancellationToken);
                    published.Learn(ToPublish(grant, owner, result));
                    return new RefreshClaim.Settled(result);
                case "settled":
                    await DropAsync(keys.Result(name), answer, cancellationToken);
                    break;
                case "failed":
                    await DropAsync(keys.Failure(name, grant.OrganizationId), answer, cancellationToken);
                    break;
                case "spent":
                    return new RefreshClaim.Spent();
                case "granted":
                    locks.Keep(name, owner);
                    return await UnlessKnownAsync(grant, owner, new RefreshClaim.Granted(answer.Number(1) is { } since ? TimeSpan.FromMilliseconds(since) : null), cancellationToken);
                case "free":
                    return new RefreshClaim.Held(Task.Delay(reunion, clock, cancellationToken));
                default:
                    return new RefreshClaim.Held(AskAgainAsync(next, TimeSpan.FromMilliseconds(answer.Number(1) ?? 0), cancellationToken));
            }
        }

        return null;
    }

    /// <summary>Until a message comes; or until just after the lock ends, if nobody renews it; or as long as nobody would feel that a message was lost.</summary>
    private async Task AskAgainAsync(Task next, TimeSpan lockLeft, CancellationToken cancellationToken)
    {
        var limit = lockLeft > TimeSpan.Zero && lockLeft < LongestWait ? lockLeft + JustAfter : LongestWait;
        await next.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A Redis that lost what it knew lets a token be taken that was exchanged before.</summary>
    private async Task<RefreshClaim> UnlessKnownAsync(RefreshGrant grant, string owner, RefreshClaim.Granted granted, CancellationToken cancellationToken)
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

    /// <summary>A record that does not open is none. It must not stand in the way of the next one either.</summary>
    private async Task DropAsync(string key, RedisReply.Answered record, CancellationToken cancellationToken) =>
        await redis.EvaluateAsync(RefreshScripts.Drop, [key], [record.Part(1) ?? []], cancellationToken);

    private async Task AcknowledgeAsync(string successor)
    {
        if (await redis.GetAsync(keys.Predecessor(successor), CancellationToken.None) is RedisReply.Answered { Value: { } record } && text.OpenName(successor, record) is { } name)
        {
            published.Forget(name);
            await redis.EvaluateAsync(
                RefreshScripts.Acknowledge,
                [keys.Result(name), keys.Tombstone(name)],
                [RedisValues.Milliseconds(RefreshRecordLife.Acknowledged), RedisValues.Milliseconds(RefreshRecordLife.Spent)],
                CancellationToken.None);
        }
    }
}
