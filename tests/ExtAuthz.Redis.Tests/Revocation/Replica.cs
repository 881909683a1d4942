using System.Diagnostics.Metrics;
using System.Text;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Redis.Tests.Connection;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>What one replica knows of ended sessions and used values, put together as the service does.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private static readonly PasswordRing Passwords = new(new Dictionary<int, string> { [1] = "a-password-of-thirty-two-characters" });

    private readonly RecordNames _names = new(Passwords.Sealing, "extauthz:", "provider client");

    private Replica(RedisConnection redis, TimeProvider clock)
    {
        Redis = redis;
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        Seal = new RecordSeal(Passwords, "provider client", new SystemRandomSource(), new CheckMetrics(meters), NullLogger<RecordSeal>.Instance);
        Revocation = new RedisSessionRevocation(
            new InProcessSessionRevocation(clock, capacity: 1000), new RevocationRecords(redis, _names, Seal, clock), clock, NullLogger<RedisSessionRevocation>.Instance);
        Used = new RedisUsedOnce(new UsedOnce(clock, TimeSpan.FromMinutes(10), capacity: 1000), "state", TimeSpan.FromMinutes(10), redis, _names);
    }

    public RedisConnection Redis { get; }

    public RecordSeal Seal { get; }

    public RedisSessionRevocation Revocation { get; }

    public RedisUsedOnce Used { get; }

    /// <summary>Where replicas tell of revocations.</summary>
    public string Channel => _names.ChannelOf(RecordType.Revocation);

    /// <summary>Starts one and waits until it hears the others.</summary>
    public static async Task<Replica> StartAsync(StoreServer server, TimeProvider? clock = null, TimeSpan? deadline = null)
    {
        var replica = new Replica(await Service.ConnectAsync(server, deadline ?? Service.LongDeadline), clock ?? TimeProvider.System);
        await replica.HearsAsync();
        return replica;
    }

    /// <summary>Waits until it hears what is told.</summary>
    public Task HearsAsync()
    {
        var probe = $"probe-{Guid.CreateVersion7()}";
        var message = Seal.Seal(RecordType.Revocation, Channel, Encoding.UTF8.GetBytes($$"""{"SessionId":"{{probe}}"}"""));
        return Eventually.TrueAsync(async () =>
        {
            await Redis.PublishAsync(Channel, message, TestContext.Current.CancellationToken);
            return IsRevoked(new SessionIdentity(probe, null, null));
        });
    }

    /// <summary>The key of the record of a session.</summary>
    public string KeyOf(string sessionId) => _names.KeyOf(RecordType.Revocation, NameOf(sessionId));

    /// <summary>What stands for a session in Redis.</summary>
    public string NameOf(string sessionId) => _names.Of("session", sessionId);

    public bool IsRevoked(SessionIdentity session) => Revocation.IsRevoked(session);

    public ValueTask<bool> IsRevokedAsync(SessionIdentity session) => Revocation.IsRevokedAsync(session, TestContext.Current.CancellationToken);

    public ValueTask RevokeAsync(string sessionId) => Revocation.RevokeAsync(sessionId, TestContext.Current.CancellationToken);

    public ValueTask BeginAsync(SessionIdentity session) => Revocation.BeginAsync(session, TestContext.Current.CancellationToken);

    public ValueTask RevokeUserAsync(string userId, DateTimeOffset issuedBy) => Revocation.RevokeUserAsync(userId, issuedBy, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Revocation.Dispose();
        await Redis.DisposeAsync();
    }
}
