using System.Collections.Immutable;
using StackExchange.Redis;

namespace ExtAuthz.Server.Redis;

/// <summary>
/// Keeps one client connected. The client can not be relied on for that: its calls wait for a hung server for ever, and it may not notice
/// that a peer is gone. So each second it is pinged, and after two misses replaced; while it is not connected, twice as often. All in the background: Redis may be away at start.
/// </summary>
internal sealed class RedisWatchdog(RedisSettings settings, TimeProvider clock, ILogger logger)
{
    private const int MissesAllowed = 1;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Who knows of a renewal must be back soon after Redis is.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>More than a call waits: without a connection each replica goes on alone, and a busy machine is no dead peer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private ImmutableArray<(RedisChannel Channel, Action<byte[]> Handler)> _subscriptions = [];
    private ImmutableArray<Action> _whenConnected = [];
    private volatile ConnectionMultiplexer? _client;
    private volatile bool _isReconnected;
    private volatile bool _isOutdated;
    private long _disturbed = clock.GetTimestamp();
    private TimeSpan _connectLimit = Patience;
    private int _subscribed;

    /// <summary>The client while it is connected.</summary>
    public ConnectionMultiplexer? Client
    {
        get
        {
            if (_client is { IsConnected: true } client)
            {
                return client;
            }

            NoteDisturbance();
            return null;
        }
    }

    /// <summary>How long there has been a connection, as far as anybody saw.</summary>
    public TimeSpan Undisturbed => clock.GetElapsedTime(Volatile.Read(ref _disturbed));

    public void WhenConnected(Action action) => ImmutableInterlocked.Update(ref _whenConnected, actions => actions.Add(action));

    public void Subscribe(string channel, Action<byte[]> handler) => ImmutableInterlocked.Update(
        ref _subscriptions, subscriptions => subscriptions.Add((new RedisChannel(channel, RedisChannel.PatternMode.Literal), handler)));

    /// <summary>Has the client replaced in the next round: it does not see that its server is no longer the primary.</summary>
    public void Replace() => _isOutdated = true;

    /// <summary>One round a second, until the service stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var misses = 0; ; await Task.Delay(Client is null ? RetryInterval : Interval, clock, cancellationToken))
        {
            try
            {
                await GoRoundAsync(cancellationToken);
                misses = 0;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested && RedisFaults.CauseOf(fault) is { } cause)
            {
                if (misses++ is 0)
                {
                    Log.RedisDown(logger, fault.Message);
                }

                if (misses > MissesAllowed && cause is not RedisFault.Refused)
                {
                    await CloseAsync();
                }
            }
        }
    }

    /// <summary>Closes the client without waiting for its open calls. In version 1 disposing alone would wait, and closing alone would leave a thread.</summary>
    public async Task CloseAsync()
    {
        var client = _client;
        _client = null;
        if (client is not null)
        {
            await client.CloseAsync(allowCommandsToComplete: false);
            client.Dispose();
        }
    }

    private async Task GoRoundAsync(CancellationToken cancellationToken)
    {
        if (_isOutdated)
        {
            await CloseAsync();
        }

        var client = _client ??= await ConnectAsync(cancellationToken);
        await Task.WhenAll(client.GetDatabase().PingAsync(CommandFlags.DemandMaster), client.GetSubscriber().PingAsync())
            .WaitAsync(Patience, clock, cancellationToken);
        for (; _subscribed < _subscriptions.Length; _subscribed++)
        {
            var (channel, handler) = _subscriptions[_subscribed];
            await client.GetSubscriber().SubscribeAsync(channel, (_, message) => handler((byte[])message!)) // a message is never nil
                .WaitAsync(Patience, clock, cancellationToken);
        }

        if (_isReconnected)
        {
            _isReconnected = false;
            Log.RedisConnected(logger);
            _whenConnected.ToList().ForEach(action => action());
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = await ConnectAsync(settings.Servers.ToOptions(), cancellationToken);
        client.ConnectionFailed += (_, _) => NoteDisturbance();
        client.ConnectionRestored += (_, _) =>
        {
            NoteDisturbance();
            _isReconnected = true;
        };
        LetCallsEndInAnyOrder(client);
        NoteDisturbance();
        (_subscribed, _isOutdated, _isReconnected) = (0, false, true);
        return client;
    }

    /// <summary>
    /// Version 1 waits out its limit, 5 s unless configured, if it asks a server that is just starting. So the first limits are shorter: a replica that is late
    /// would find its token taken by another one.
    /// </summary>
    private async Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions options, CancellationToken cancellationToken)
    {
        var (started, limit) = (clock.GetTimestamp(), TimeSpan.FromMilliseconds(Math.Min(options.ConnectTimeout, _connectLimit.TotalMilliseconds)));
        options.ConnectTimeout = (int)limit.TotalMilliseconds;
        try
        {
            var client = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellationToken);
            _connectLimit = Patience;
            return client;
        }
        catch (Exception) when (clock.GetElapsedTime(started) > limit * 0.9) // timers are not exact
        {
            _connectLimit = limit * 2;
            throw;
        }
    }

    private void NoteDisturbance() => Volatile.Write(ref _disturbed, clock.GetTimestamp());

    /// <summary>Otherwise version 1 ends calls one after another, and who blocks after one holds up all. Later versions know no other way and will drop the property.</summary>
    private static void LetCallsEndInAnyOrder(ConnectionMultiplexer client) =>
        typeof(ConnectionMultiplexer).GetProperty("PreserveAsyncOrder")?.SetValue(client, value: false);
}
