using System.Diagnostics.Metrics;
using System.Text;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtAuthz.Redis.Tests.Connection;

/// <summary>The service's connection, as the service makes it, and running.</summary>
internal static class Service
{
    /// <summary>A script that stores a value and answers with what it got.</summary>
    public static readonly RedisScript Store = new("redis.call('SET', KEYS[1], ARGV[1], 'PX', 60000) return {'stored', KEYS[1], 42, false}");

    /// <summary>How long a call may take by default.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(250);

    /// <summary>For tests of what calls do where Redis is there: a busy machine is no outage.</summary>
    public static readonly TimeSpan LongDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Starts a connection; whether and when it connects is another matter.</summary>
    /// <param name="configuration">As an operator writes it.</param>
    /// <param name="log">Where its events go; null for nowhere.</param>
    /// <param name="deadline">How long a call may take; null for the default.</param>
    public static async Task<RedisConnection> StartAsync(string configuration, ILogger<RedisConnection>? log = null, TimeSpan? deadline = null)
    {
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var settings = new RedisSettings(new RedisServers(configuration), "extauthz:", NamePassword: null, deadline ?? Deadline, WhenRedisIsDown.Local);
        var connection = new RedisConnection(
            settings, TimeProvider.System, new CheckMetrics(services.GetRequiredService<IMeterFactory>()), log ?? NullLogger<RedisConnection>.Instance);
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Starts one and waits until it is connected.</summary>
    public static async Task<RedisConnection> ConnectAsync(StoreServer server, TimeSpan? deadline = null)
    {
        var connection = await StartAsync(server.Configuration, deadline: deadline);
        await Eventually.TrueAsync(() => connection.IsUp);
        return connection;
    }

    public static Task<RedisReply> GetAsync(this RedisConnection connection, string key) => connection.GetAsync(key, TestContext.Current.CancellationToken);

    public static Task<RedisReply> StoreAsync(this RedisConnection connection, string key, string value) =>
        connection.EvaluateAsync(Store, [key], [Encoding.UTF8.GetBytes(value)], TestContext.Current.CancellationToken);

    /// <summary>Waits until a write succeeds.</summary>
    public static Task WorksAsync(this RedisConnection connection) =>
        Eventually.TrueAsync(async () => await connection.StoreAsync("extauthz:{works}", "x") is RedisReply.Answered);

    /// <summary>Why a reply is none.</summary>
    public static RedisFault Cause(this RedisReply reply) => reply.ShouldBeOfType<RedisReply.Unavailable>().Cause;

    /// <summary>The parts of an answer as text.</summary>
    public static IEnumerable<string?> Texts(this RedisReply reply) =>
        reply.ShouldBeOfType<RedisReply.Answered>().Parts.Select(part => part is null ? null : Encoding.UTF8.GetString(part));
}
