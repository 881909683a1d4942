using System.Collections.Concurrent;
using ExtAuthz.Server.Redis;
using Microsoft.Extensions.Logging;

namespace ExtAuthz.Redis.Tests.Connection;

/// <summary>What a connection logs.</summary>
internal sealed class EventLog : ILogger<RedisConnection>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));
}
