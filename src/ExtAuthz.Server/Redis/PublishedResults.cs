using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// Writes the results of this replica's refreshes, and renewals again and again for a minute, and after each reconnect: a Redis that took over may have lost the last
/// writes, one that was away has nothing, and a renewal that nobody knows would be lost with the old token.
/// </summary>
internal sealed class PublishedResults
{
    /// <summary>Two, eight, twenty and sixty seconds after.</summary>
    private static readonly ImmutableArray<TimeSpan> Again = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(40)];

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
        redis.WhenConnected(() => _ = WriteAllAsync());
    }

    /// <summary>Writes a result.</summary>
    /// <returns>The result that stands: an earlier renewal, where another replica was first.</returns>
    public async Task<RefreshResult> PublishAsync(PublishedResult published, CancellationToken cancellationToken)
    {
        var reply = await WriteAsync(published, cancellationToken);
        if (published.Successor is not null)
        {
            _renewals[published.Name] = published;
            _ = WriteAgainAsync(published);
        }

        return reply is RedisReply.Answered { Value: { } first } && _text.Open(published.Name, first) is { } stands ? stands : published.Result;
    }

    /// <summary>The successor of a token is in use: its renewal need not be kept alive any more.</summary>
    public void Forget(string name) => _renewals.TryRemove(name, out _);

    private async Task<RedisReply> WriteAsync(PublishedResult published, CancellationToken cancellationToken)
    {
        var life = published.Until - _clock.GetUtcNow();
        if (published.Successor is { } successor && _keys.NameOf(successor) is var next)
        {
            await _redis.SetIfAbsentAsync(_keys.Predecessor(next), _text.SealName(next, published.Name), life, cancellationToken);
        }

        return await _redis.EvaluateAsync(
            RefreshScripts.Publish,
            [_keys.Result(published.Name), _keys.Failure(published.Name, published.Grant.OrganizationId), _keys.Lock(published.Name), _keys.Tombstone(published.Name)],
            [
                RedisValues.Text(published.Owner), _text.Seal(published.Name, published.Result), RedisValues.Milliseconds(life), RedisValues.Flag(published.Successor is not null),
                RedisValues.Text(_waiters.Channel), RedisValues.Text(published.Name),
            ],
            cancellationToken);
    }

    private async Task WriteAgainAsync(PublishedResult published)
    {
        foreach (var pause in Again)
        {
            await Task.Delay(pause, _clock);
            if (!_renewals.ContainsKey(published.Name))
            {
                return;
            }

            await WriteAsync(published, CancellationToken.None);
        }

        var left = published.Until - _clock.GetUtcNow();
        await Task.Delay(TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, LongestMemory.Ticks)), _clock);
        Forget(published.Name);
    }

    private async Task WriteAllAsync()
    {
        foreach (var published in _renewals.Values)
        {
            await WriteAsync(published, CancellationToken.None);
        }
    }
}
