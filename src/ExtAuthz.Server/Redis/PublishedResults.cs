using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// Writes the results of this replica's refreshes. Renewals it writes again and again for a minute, and all that it knows after each reconnect: a Redis that took over may have lost
/// the last writes, one that was away has nothing, and a renewal that nobody knows would be lost with the old token.
/// </summary>
internal sealed class PublishedResults
{
    /// <summary>Two, eight, twenty and sixty seconds after.</summary>
    private static readonly ImmutableArray<TimeSpan> Again = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(40)];

    /// <summary>As long as others of this replica's requests may come with the same token and not ask Redis.</summary>
    private static readonly TimeSpan LearntMemory = TimeSpan.FromSeconds(60);

    /// <summary>Bounds what a long rotation grace would keep here. After that Redis alone remembers.</summary>
    private static readonly TimeSpan LongestMemory = TimeSpan.FromMinutes(15);

    private readonly RedisConnection _redis;
    private readonly RefreshRecordKeys _keys;
    private readonly RefreshResultText _text;
    private readonly RefreshWaiters _waiters;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, PublishedResult> _renewals = new(StringComparer.Ordinal);

    public PublishedResults(RedisConnection redis, RefreshRecordKeys keys, RefreshResultText text, RefreshWaiters waiters, TimeProvider clock)
    {
        (_redis, _keys, _text, _waiters, _clock) = (redis, keys, text, waiters, clock);
        redis.WhenConnected(() => _ = WrittenAgain.AllAsync(_renewals.Values, InsistAsync));
    }

    /// <summary>Writes a result.</summary>
    /// <returns>The result that stands: an earlier renewal, where another replica was first.</returns>
    public async Task<RefreshResult> PublishAsync(PublishedResult published, CancellationToken cancellationToken)
    {
        var reply = await WriteAsync(published, cancellationToken);
        if (published.Successor is not null)
        {
            var isOfACrowd = _renewals.Count >= WrittenAgain.Most;
            _renewals[published.Name] = published;
            _ = RememberAsync(published, reply is RedisReply.Answered, isOfACrowd);
        }
        else if (reply is RedisReply.Unavailable)
        {
            _ = InsistAsync(published);
        }

        return reply is RedisReply.Answered { Value: { } first } && _text.Open(published.Name, first) is { } stands ? stands : published.Result;
    }

    /// <summary>Remembers the renewal that another replica made: if Redis loses it, that one may be gone as well.</summary>
    public void Learn(PublishedResult published)
    {
        if (published.Successor is not null && _renewals.TryAdd(published.Name, published))
        {
            _ = ForgetAsync(published, LearntMemory);
        }
    }

    /// <summary>The successor of a token is in use: its renewal is good for two minutes more, and written again after a reconnect only.</summary>
    public void Acknowledge(string name)
    {
        if (_renewals.TryGetValue(name, out var published)
            && _clock.GetUtcNow() + RefreshRecordLife.Acknowledged is var until && until < published.Until
            && published with { Until = until } is var acknowledged && _renewals.TryUpdate(name, acknowledged, published))
        {
            _ = ForgetAsync(acknowledged, RefreshRecordLife.Acknowledged);
        }
    }

    private async Task<RedisReply> WriteAsync(PublishedResult published, CancellationToken cancellationToken)
    {
        var life = published.Until - _clock.GetUtcNow();
        var predecessor = WritePredecessorAsync(published, life, cancellationToken);
        var reply = await _redis.EvaluateAsync(
            RefreshScripts.Publish,
            [_keys.Result(published.Name), _keys.Failure(published.Name, published.Grant.OrganizationId), _keys.Lock(published.Name), _keys.Tombstone(published.Name)],
            [
                RedisValues.Text(published.Owner), _text.Seal(published.Name, published.Result), RedisValues.Milliseconds(life), RedisValues.Flag(published.Successor is not null),
                RedisValues.Text(_waiters.Channel), RedisValues.Text(published.Name),
            ],
            cancellationToken);
        await predecessor;
        return reply;
    }

    /// <summary>Writes down which token a renewal came from. It is of another slot, so no script can do both; sent first, it is there when the successor comes back.</summary>
    private Task WritePredecessorAsync(PublishedResult published, TimeSpan life, CancellationToken cancellationToken) =>
        published.Successor is { } successor && _keys.NameOf(successor) is var next
            ? _redis.SetIfAbsentAsync(_keys.Predecessor(next), _text.SealName(next, published.Name), life, cancellationToken)
            : Task.CompletedTask;

    private async Task RememberAsync(PublishedResult published, bool isWritten, bool isOfACrowd)
    {
        if (!isWritten)
        {
            await InsistAsync(published);
        }

        foreach (var pause in Again)
        {
            await Task.Delay(pause, _clock);
            if (!IsKept(published))
            {
                return;
            }

            await InsistAsync(published);
        }

        var left = published.Until - _clock.GetUtcNow();
        await ForgetAsync(published, TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, isOfACrowd ? 0 : LongestMemory.Ticks)));
    }

    private async Task ForgetAsync(PublishedResult published, TimeSpan after)
    {
        await Task.Delay(after, _clock);
        _renewals.TryRemove(KeyValuePair.Create(published.Name, published));
    }

    private Task<RedisReply> InsistAsync(PublishedResult published) =>
        _redis.InsistAsync(() => WriteAsync(_renewals.GetValueOrDefault(published.Name, published), CancellationToken.None), () => IsNeeded(published));

    private bool IsNeeded(PublishedResult published) => published.Successor is null ? _clock.GetUtcNow() < published.Until : _renewals.ContainsKey(published.Name);

    /// <summary>Whether a renewal is still the one that is remembered, and was not acknowledged.</summary>
    private bool IsKept(PublishedResult published) => _renewals.TryGetValue(published.Name, out var kept) && ReferenceEquals(kept, published);
}
