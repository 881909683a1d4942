using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Redis.Tests.Refresh;

/// <summary>What a replica remembers for a Redis that may lose it has its bounds, in time and in number.</summary>
public sealed class RememberedTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(14, true)]
    [InlineData(30, false)]
    public async Task A_renewal_is_remembered_for_a_quarter_of_an_hour_however_long_its_grace(int minutes, bool isRemembered)
    {
        await using var server = await RedisServer.RunAsync();
        await using var replica = await Replica.StartAsync(server, unacknowledged: TimeSpan.FromDays(1), clock: _clock);
        var renewal = await PublishAsync(replica);
        await WrittenAgainAsync(server, times: 4);

        await PassAsync(TimeSpan.FromMinutes(minutes));

        (await IsToldAgainAsync(server, replica, renewal)).ShouldBe(isRemembered);
    }

    [Theory]
    [InlineData(19_999, true)]
    [InlineData(20_000, false)]
    public async Task In_a_crowd_a_renewal_is_remembered_for_a_minute(int others, bool isRemembered)
    {
        await using var server = await RedisServer.RunAsync();
        await using var replica = await Replica.StartAsync(server, clock: _clock);
        var seen = new PublishedResult("", Replica.NewGrant(), "another", replica.Renewal(), _clock.GetUtcNow() + TimeSpan.FromMinutes(15));
        for (var number = 0; number < others; number++)
        {
            replica.Published.Learn(seen with { Name = $"{number}" });
        }

        var renewal = await PublishAsync(replica);
        await WrittenAgainAsync(server, times: 4);
        await PassAsync(TimeSpan.FromMinutes(10)); // the others are forgotten

        (await IsToldAgainAsync(server, replica, renewal)).ShouldBe(isRemembered);
    }

    [Fact]
    public async Task Of_spent_tokens_the_first_twenty_thousand_are_told_again()
    {
        const int most = 20_000;
        await using var server = await RedisServer.RunAsync();
        await using var replica = await Replica.StartAsync(server, clock: _clock);
        foreach (var numbers in Enumerable.Range(0, most).Chunk(250))
        {
            foreach (var number in numbers)
            {
                _ = replica.Spent.AddAsync($"{number}");
            }

            await Eventually.TrueAsync(async () => await ScriptsAsync(server) > numbers[^1]);
            _clock.Advance(TimeSpan.FromSeconds(1)); // not all at once
        }

        await Eventually.TrueAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return (await server.DoAsync("DBSIZE")).Text == $"{most}"; // all were told
        });

        var oneMore = replica.Spent.AddAsync($"{most}");
        await Eventually.TrueAsync(() => oneMore.IsCompleted); // without time passing: it need not be told again
        (await IsInRedisAsync(server, replica.Keys.Tombstone($"{most}"))).ShouldBeFalse();
    }

    /// <summary>Publishes a renewal.</summary>
    /// <returns>The key of its record.</returns>
    private static async Task<string> PublishAsync(Replica replica)
    {
        var grant = Replica.NewGrant();
        await replica.PublishAsync(grant, replica.Renewal());
        return replica.Keys.Result(replica.Keys.NameOf(grant.RefreshToken));
    }

    private static async Task<long> ScriptsAsync(RedisServer server) => (await server.CallsAsync()).GetValueOrDefault("evalsha");

    private static async Task<bool> IsInRedisAsync(RedisServer server, string key) => (await server.DoAsync("EXISTS", key)).Text is "1";

    /// <summary>Has Redis lose everything, and tells whether a record is back, about as soon as what was published last: both are told at the same time.</summary>
    private static async Task<bool> IsToldAgainAsync(RedisServer server, Replica replica, string key)
    {
        var latest = await PublishAsync(replica);
        await server.KillAsync();
        await server.StartAsync();
        await Eventually.TrueAsync(() => IsInRedisAsync(server, latest));
        var looks = 0;
        await Eventually.TrueAsync(async () => await IsInRedisAsync(server, key) || ++looks > 50);
        return looks <= 50;
    }

    /// <summary>Lets time pass until what was published was written as often again.</summary>
    private async Task WrittenAgainAsync(RedisServer server, int times)
    {
        var before = await ScriptsAsync(server);
        await Eventually.TrueAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return await ScriptsAsync(server) >= before + times;
        });
    }

    /// <summary>Lets time pass in steps, in which the replica does what it has to do.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var step = TimeSpan.FromSeconds(10); time > TimeSpan.Zero; time -= step)
        {
            _clock.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
