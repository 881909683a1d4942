using System.Buffers.Text;
using System.Globalization;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// The records of ended sessions and users: the moment up to which issued tokens do not count, sealed. A record changes only if it is still what the change was made from, so replicas
/// do not undo each other's; and the others hear of changes in the order in which they happened, for the same step tells them.
/// </summary>
internal sealed class RevocationRecords(RedisConnection redis, RecordNames names, RecordSeal seal, TimeProvider clock)
{
    /// <summary>Longer than any token lives, by clocks that differ.</summary>
    public static TimeSpan Life { get; } = InProcessSessionRevocation.Memory + TimeSpan.FromMinutes(2);

    /// <summary>KEYS: a record. ARGV: what it was, what it becomes or nothing, its life, a channel, a message. What is no text counts as not there.</summary>
    private static readonly RedisScript Change = new("""
        local record = redis.pcall('GET', KEYS[1])
        if type(record) ~= 'string' then record = '' end
        if record ~= ARGV[1] then return {0} end
        if ARGV[2] ~= '' then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
        redis.call('PUBLISH', ARGV[4], ARGV[5])
        return {1}
        """);

    private readonly string _channel = names.ChannelOf(RecordType.Revocation);

    /// <summary>Has news handled, one's own too. What does not open is nobody's and is dropped.</summary>
    public void Subscribe(Action<RevocationNews> handler) => redis.Subscribe(_channel, message =>
    {
        if (seal.Open(RecordType.Revocation, _channel, message) is { } text && RevocationNewsText.Read(text) is { } news)
        {
            handler(news);
        }
    });

    /// <summary>Writes news down and tells them; false when Redis is away, or <paramref name="patience"/> was not enough for one that is only slow.</summary>
    public async Task<bool> TryTellAsync(RevocationNews news, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        return await redis.InsistAsync(() => TellAsync(news, cancellationToken), () => clock.GetElapsedTime(started) < patience) is RedisReply.Answered;
    }

    private async Task<RedisReply> TellAsync(RevocationNews news, CancellationToken cancellationToken)
    {
        var name = NameOf(news);
        var key = names.KeyOf(RecordType.Revocation, name);
        var message = seal.Seal(RecordType.Revocation, _channel, RevocationNewsText.Write(news));
        while (true)
        {
            var read = await redis.GetAsync(key, cancellationToken);
            if (read is not RedisReply.Answered { Value: var known })
            {
                return read;
            }

            var becomes = Changed(Read(name, known), news) is { } moment ? seal.Seal(RecordType.Revocation, name, TextOf(moment)) : [];
            var changed = await redis.EvaluateAsync(Change, [key], [known ?? [], becomes, RedisValues.Milliseconds(Life), RedisValues.Text(_channel), message], cancellationToken);
            if (changed is not RedisReply.Answered answer || answer.Number(0) is 1)
            {
                return changed;
            }
        }
    }

    /// <summary>Up to which moment the tokens of a session do not count; null when it was not ended, or Redis does not say.</summary>
    public Task<DateTimeOffset?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) => FindAsync(NameOfSession(sessionId), cancellationToken);

    /// <summary>The same for all sessions of a user.</summary>
    public Task<DateTimeOffset?> FindUserAsync(string userId, CancellationToken cancellationToken) => FindAsync(NameOfUser(userId), cancellationToken);

    /// <summary>What a record becomes; null when it stays. A session that begins brings no record about.</summary>
    private static DateTimeOffset? Changed(DateTimeOffset? known, RevocationNews news) => news switch
    {
        RevocationNews.SessionEnded => DateTimeOffset.MaxValue,
        RevocationNews.SessionBegan began => known is null ? null : began.IssuedAt.AddTicks(-1),
        RevocationNews.UserEnded ended => known >= ended.IssuedBy ? null : ended.IssuedBy,
        _ => throw new InvalidOperationException($"Unknown news {news.GetType().Name}."),
    };

    private static byte[] TextOf(DateTimeOffset moment) => RedisValues.Text(moment.UtcTicks.ToString(CultureInfo.InvariantCulture));

    private async Task<DateTimeOffset?> FindAsync(string name, CancellationToken cancellationToken) =>
        await redis.GetAsync(names.KeyOf(RecordType.Revocation, name), cancellationToken) is RedisReply.Answered { Value: var record } ? Read(name, record) : null;

    private DateTimeOffset? Read(string name, byte[]? record) =>
        record is not null && seal.Open(RecordType.Revocation, name, record) is { } text && Utf8Parser.TryParse(text, out long ticks, out _) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private string NameOf(RevocationNews news) => news switch
    {
        RevocationNews.SessionEnded ended => NameOfSession(ended.SessionId),
        RevocationNews.SessionBegan began => NameOfSession(began.SessionId),
        RevocationNews.UserEnded ended => NameOfUser(ended.UserId),
        _ => throw new InvalidOperationException($"Unknown news {news.GetType().Name}."),
    };

    private string NameOfSession(string sessionId) => names.Of("session", sessionId);

    private string NameOfUser(string userId) => names.Of("user", userId);
}
