using ExtAuthz.Server.Telemetry;
using StackExchange.Redis;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// What the service asks of Redis. Every call ends within the deadline and with a reply: an outage is a value, never an exception.
/// While Redis is away calls fail at once. How the connection is kept is <see cref="RedisWatchdog"/>'s; nothing else sees the client.
/// </summary>
internal sealed class RedisConnection : BackgroundService, IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _operationTimeout;
    private readonly TimeProvider _clock;
    private readonly CheckMetrics _metrics;
    private readonly ILogger<RedisConnection> _logger;
    private readonly RedisWatchdog _watchdog;
    private readonly CircuitBreaker _breaker;

    public RedisConnection(RedisSettings settings, TimeProvider clock, CheckMetrics metrics, ILogger<RedisConnection> logger)
    {
        (_operationTimeout, _clock, _metrics, _logger) = (settings.OperationTimeout, clock, metrics, logger);
        (_watchdog, _breaker) = (new RedisWatchdog(settings, clock, logger), new CircuitBreaker(clock));
        WhenConnected(_breaker.Succeeded); // first of all: what others write then must not be refused for what failed before
    }

    /// <summary>Whether a call made now would be sent.</summary>
    public bool IsUp => _watchdog.Client is not null && !_breaker.IsOpen;

    /// <summary>Whether there is a connection. Calls may fail all the same, for a hung server or a busy machine; that lasts seconds at most, for then the watchdog drops the connection.</summary>
    public bool IsConnected => _watchdog.Client is not null;

    /// <summary>How long there has been a connection. At first other replicas may still be on their way to a server that lost what it knew.</summary>
    public TimeSpan Undisturbed => _watchdog.Undisturbed;

    /// <summary>Has <paramref name="action"/> run after each connect and reconnect, when the server may have lost what it knew. It must be quick and not throw.</summary>
    public void WhenConnected(Action action) => _watchdog.WhenConnected(action);

    /// <summary>Has every message on a channel handled, from about a second after now and over reconnects. A message may be lost, or come twice.</summary>
    public void Subscribe(string channel, Action<byte[]> handler) => _watchdog.Subscribe(channel, handler);

    /// <summary>GET. A value of another type than a string counts as none.</summary>
    public Task<RedisReply> GetAsync(string key, CancellationToken cancellationToken) => CallAsync("GET", [(RedisKey)key], cancellationToken);

    /// <summary>SET with PX.</summary>
    public Task<RedisReply> SetAsync(string key, byte[] value, TimeSpan life, CancellationToken cancellationToken) =>
        CallAsync("SET", [(RedisKey)key, value, "PX", (long)life.TotalMilliseconds], cancellationToken);

    /// <summary>SET with NX and PX: the reply has a value if the key was not there and is now.</summary>
    public Task<RedisReply> SetIfAbsentAsync(string key, byte[] value, TimeSpan life, CancellationToken cancellationToken) =>
        CallAsync("SET", [(RedisKey)key, value, "NX", "PX", (long)life.TotalMilliseconds], cancellationToken);

    /// <summary>PUBLISH.</summary>
    public Task<RedisReply> PublishAsync(string channel, byte[] message, CancellationToken cancellationToken) =>
        CallAsync("PUBLISH", [channel, message], cancellationToken);

    /// <summary>EVALSHA, and EVAL where the server does not know the script yet, which makes it known.</summary>
    /// <param name="script">The script.</param>
    /// <param name="keys">Its <c>KEYS</c>, all with the same hash tag.</param>
    /// <param name="values">Its <c>ARGV</c>.</param>
    /// <param name="cancellationToken">Ends the waiting, not the script.</param>
    public Task<RedisReply> EvaluateAsync(RedisScript script, IReadOnlyList<string> keys, IReadOnlyList<byte[]> values, CancellationToken cancellationToken)
    {
        object[] arguments = [keys.Count, .. keys.Select(key => (object)(RedisKey)key), .. values];
        return CallAsync(EvaluateAsync, cancellationToken);

        async Task<RedisResult> EvaluateAsync(IDatabase database)
        {
            try
            {
                return await ExecuteAsync(database, "EVALSHA", [script.Hash, .. arguments]);
            }
            catch (RedisServerException fault) when (RedisFaults.IsOf(fault, "NOSCRIPT"))
            {
                return await ExecuteAsync(database, "EVAL", [script.Text, .. arguments]);
            }
        }
    }

    /// <summary>Makes a call again and again, while it is needed, until Redis answers it or refuses it, or is away: then it is worth another try after the reconnect only.</summary>
    /// <returns>What came of the last call.</returns>
    public async Task<RedisReply> InsistAsync(Func<Task<RedisReply>> callAsync, Func<bool> isNeeded)
    {
        while (true)
        {
            var reply = await callAsync();
            if (reply is not RedisReply.Unavailable { Cause: not RedisFault.Refused } || !IsConnected || !isNeeded())
            {
                return reply;
            }

            await Task.Delay(Pause, _clock);
        }
    }

    /// <summary>
    /// Connects, and waits for that for two seconds at most: Redis may be away. The service listens only after that, or its first requests would be refreshed
    /// beside the other replicas instead of with them.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        WhenConnected(() => connected.TrySetResult());
        await base.StartAsync(cancellationToken);
        await connected.Task.WaitAsync(LongestStart, _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Closes the connection. Until then calls are served, also after the service was stopped: refreshes under way still end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _watchdog.CloseAsync();
        Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _watchdog.RunAsync(stoppingToken);

    private static Task<RedisResult> ExecuteAsync(IDatabase database, string command, object[] arguments) =>
        database.ExecuteAsync(command, arguments, CommandFlags.DemandMaster);

    private Task<RedisReply> CallAsync(string command, object[] arguments, CancellationToken cancellationToken) =>
        CallAsync(database => ExecuteAsync(database, command, arguments), cancellationToken);

    private async Task<RedisReply> CallAsync(Func<IDatabase, Task<RedisResult>> call, CancellationToken cancellationToken)
    {
        // Not left to the client: some versions keep calls for a connection to come.
        if (_watchdog.Client is not { } client || !_breaker.TryEnter())
        {
            return Unavailable(RedisFault.NotConnected);
        }

        try
        {
            var result = await call(client.GetDatabase()).WaitAsync(_operationTimeout, _clock, cancellationToken);
            _breaker.Succeeded();
            return new RedisReply.Answered(result.IsNull ? [null] : [.. (byte[]?[])result!]); // null only for nil
        }
        catch (RedisServerException fault) when (RedisFaults.IsOf(fault, "WRONGTYPE"))
        {
            _breaker.Succeeded();
            return new RedisReply.Answered([null]);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && RedisFaults.CauseOf(fault) is { } cause)
        {
            NoteFailure(fault);
            return Unavailable(cause);
        }
    }

    private void NoteFailure(Exception fault)
    {
        if (_breaker.Failed())
        {
            Log.RedisFails(_logger, fault.Message);
        }

        if (fault is RedisServerException error && RedisFaults.IsOf(error, "READONLY"))
        {
            _watchdog.Replace();
        }
    }

    private RedisReply.Unavailable Unavailable(RedisFault cause)
    {
        _metrics.RedisFailed(cause);
        return new RedisReply.Unavailable(cause);
    }
}
