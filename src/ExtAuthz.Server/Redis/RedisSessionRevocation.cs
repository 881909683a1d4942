using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// Remembers ended sessions in all replicas. Each has what it needs for every request in its own memory, filled by what the others tell; who missed that finds the record when the
/// session is to go on with new tokens. An end counts here first and at once. It is told four times, and while Redis is away tried for a minute.
/// </summary>
internal sealed class RedisSessionRevocation : ISessionRevocation, IDisposable
{
    private const int Retries = 120;

    /// <summary>A sign-out is answered when the other replicas were told, unless Redis is away: a busy one, or a busy machine, is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan[] TellAgain = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(13)];

    /// <summary>A session begins with a token of this moment. News of an older one are repeated by somebody who would undo an end.</summary>
    private static readonly TimeSpan OldestBeginning = TimeSpan.FromMinutes(5);

    private readonly InProcessSessionRevocation _own;
    private readonly RevocationRecords _records;
    private readonly TimeProvider _clock;
    private readonly ILogger<RedisSessionRevocation> _logger;
    private readonly CancellationTokenSource _stop = new();

    public RedisSessionRevocation(InProcessSessionRevocation own, RevocationRecords records, TimeProvider clock, ILogger<RedisSessionRevocation> logger)
    {
        (_own, _records, _clock, _logger) = (own, records, clock, logger);
        records.Subscribe(Hear);
    }

    /// <inheritdoc/>
    public bool IsRevoked(in SessionIdentity session) => _own.IsRevoked(session);

    /// <inheritdoc/>
    public async ValueTask<bool> IsRevokedAsync(SessionIdentity session, CancellationToken cancellationToken)
    {
        if (IsRevoked(session))
        {
            return true;
        }

        var bySession = session.SessionId is { } id ? _records.FindSessionAsync(id, cancellationToken) : Task.FromResult<DateTimeOffset?>(null);
        var byUser = session.UserId is { } user ? _records.FindUserAsync(user, cancellationToken) : Task.FromResult<DateTimeOffset?>(null);
        return IsBy(session, await bySession) | IsBy(session, await byUser);
    }

    /// <inheritdoc/>
    public ValueTask RevokeAsync(string sessionId, CancellationToken cancellationToken) => EndAsync(new RevocationNews.SessionEnded(sessionId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask RevokeUserAsync(string userId, DateTimeOffset issuedBy, CancellationToken cancellationToken) => EndAsync(new RevocationNews.UserEnded(userId, issuedBy), cancellationToken);

    /// <summary>Not tried again: told late it could undo an end that came after it.</summary>
    public async ValueTask BeginAsync(SessionIdentity session, CancellationToken cancellationToken)
    {
        _own.Begin(session);
        if (session is { SessionId: { } id, IssuedAt: { } issuedAt })
        {
            await _records.TryTellAsync(new RevocationNews.SessionBegan(id, issuedAt), TimeSpan.Zero, cancellationToken);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static bool IsBy(SessionIdentity session, DateTimeOffset? moment) => moment is { } by && !(session.IssuedAt > by);

    /// <summary>Whoever asked may stop waiting; the others are told all the same.</summary>
    private async ValueTask EndAsync(RevocationNews news, CancellationToken cancellationToken) => await EndAsync(news).WaitAsync(cancellationToken);

    private async Task EndAsync(RevocationNews news)
    {
        var isTold = await TryEndAsync(news);
        _ = isTold ? TellAgainAsync(news, _stop.Token) : RetryAsync(news, _stop.Token);
    }

    /// <summary>Ends sessions here and tells it; false when Redis is away.</summary>
    private Task<bool> TryEndAsync(RevocationNews news)
    {
        Apply(news);
        return _records.TryTellAsync(news, Patience, CancellationToken.None);
    }

    private async Task RetryAsync(RevocationNews news, CancellationToken stop)
    {
        for (var retry = 0; retry < Retries; retry++)
        {
            await Task.Delay(RetryPause, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || !Holds(news))
            {
                return;
            }

            if (await TryEndAsync(news))
            {
                await TellAgainAsync(news, stop);
                return;
            }
        }

        Log.RevocationNotShared(_logger);
    }

    /// <summary>Whether no new session has begun here meanwhile with the id of the one that ended.</summary>
    private bool Holds(RevocationNews news) =>
        news is not RevocationNews.SessionEnded ended || _own.IsRevoked(new SessionIdentity(ended.SessionId, UserId: null, _clock.GetUtcNow()));

    /// <summary>A Redis that fails over may lose what was written last; and when one comes back, replicas listen again one after another: who was later would have missed it.</summary>
    private async Task TellAgainAsync(RevocationNews news, CancellationToken stop)
    {
        foreach (var pause in TellAgain)
        {
            await Task.Delay(pause, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || !Holds(news))
            {
                return;
            }

            await _records.TryTellAsync(news, Patience, CancellationToken.None);
        }
    }

    private void Hear(RevocationNews news)
    {
        if (news is not RevocationNews.SessionBegan { IssuedAt: var issuedAt } || (_clock.GetUtcNow() - issuedAt).Duration() < OldestBeginning)
        {
            Apply(news);
        }
    }

    private void Apply(RevocationNews news)
    {
        switch (news)
        {
            case RevocationNews.SessionEnded ended:
                _own.Revoke(ended.SessionId);
                break;
            case RevocationNews.SessionBegan began:
                _own.Begin(new SessionIdentity(began.SessionId, UserId: null, began.IssuedAt));
                break;
            case RevocationNews.UserEnded ended:
                _own.RevokeUser(ended.UserId, ended.IssuedBy);
                break;
        }
    }
}
