using System.Text;
using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Server.Redis;

/// <summary>Asks Redis for the claim on a refresh token.</summary>
internal sealed class RedisClaims(
    RedisConnection redis, RefreshRecordKeys keys, RefreshResultText text, RefreshWaiters waiters, RefreshLock times, WhenRedisIsDown whenDown, RefreshRecordLife lives, TimeProvider clock)
{
    /// <summary>
    /// How long Redis may be silent, or have records that do not open, before it counts as away. A machine too busy to hear an answer in time is no outage:
    /// to go on alone then would send one token from every replica.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan JustAfter = TimeSpan.FromMilliseconds(20);

    /// <summary>Where a second use is theft, no token is taken so soon after a reconnect: whoever exchanged it while Redis was away, or is about to, first tells one that lost what it knew.</summary>
    private static readonly TimeSpan Reunion = TimeSpan.FromSeconds(3);

    private TimeSpan UntilReunion => whenDown is WhenRedisIsDown.Defer && redis.Undisturbed is var since && since < Reunion ? Reunion - since : TimeSpan.Zero;

    /// <summary>What Redis says; null when it is of no use.</summary>
    public async Task<RefreshClaim?> AskAsync(RefreshGrant grant, string name, string owner, CancellationToken cancellationToken)
    {
        var (started, next) = (clock.GetTimestamp(), waiters.NextAsync(name));
        while (IsPatient())
        {
            if (await redis.InsistAsync(() => CallAsync(grant, name, owner, cancellationToken), IsPatient) is not RedisReply.Answered { Value: { } kind } answer)
            {
                return null;
            }

            switch (Encoding.ASCII.GetString(kind))
            {
                case "settled" or "failed" when text.Open(name, answer.Part(1)) is { } result:
                    return new RefreshClaim.Settled(result);
                case ("settled" or "failed") and var type:
                    var key = type is "settled" ? keys.Result(name) : keys.Failure(name, grant.OrganizationId);
                    if (await redis.InsistAsync(() => DropAsync(key, answer, cancellationToken), IsPatient) is RedisReply.Unavailable)
                    {
                        return null;
                    }

                    break;
                case "spent":
                    return new RefreshClaim.Spent();
                case "granted":
                    return new RefreshClaim.Granted(answer.Number(1) is { } since ? TimeSpan.FromMilliseconds(since) : null);
                default:
                    return new RefreshClaim.Held(AskAgainAsync(next, answer.Number(1) is { } left ? TimeSpan.FromMilliseconds(left) : UntilReunion + JustAfter, cancellationToken));
            }
        }

        return null;

        bool IsPatient() => clock.GetElapsedTime(started) < Patience;
    }

    private Task<RedisReply> CallAsync(RefreshGrant grant, string name, string owner, CancellationToken cancellationToken) => redis.EvaluateAsync(
        RefreshScripts.Claim,
        [keys.Result(name), keys.Failure(name, grant.OrganizationId), keys.Tombstone(name), keys.Lock(name), keys.Attempt(name)],
        [RedisValues.Text(owner), RedisValues.Milliseconds(times.Life), RedisValues.Milliseconds(lives.Unacknowledged), RedisValues.Flag(UntilReunion == TimeSpan.Zero)],
        cancellationToken);

    /// <summary>Until a message comes; or until just after the lock ends, if nobody renews it, or a token may be taken again; or as long as nobody would feel that a message was lost.</summary>
    private async Task AskAgainAsync(Task next, TimeSpan left, CancellationToken cancellationToken)
    {
        var limit = left > TimeSpan.Zero && left < LongestWait ? left + JustAfter : LongestWait;
        await next.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A record that does not open is none. It must not stand in the way of the next one either.</summary>
    private Task<RedisReply> DropAsync(string key, RedisReply.Answered record, CancellationToken cancellationToken) =>
        redis.EvaluateAsync(RefreshScripts.Drop, [key], [record.Part(1) ?? []], cancellationToken);
}
