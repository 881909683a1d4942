using System.Diagnostics;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Tests.Hosting;
using ExtAuthz.Server.Tests.Tokens;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Redis.Tests.KeySets;

/// <summary>How often four replicas on one Redis ask for the key set, and what they do without it.</summary>
public sealed class SharedKeySetTests
{
    private static readonly byte[] Second = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K2, "k2"));
    private static readonly byte[] Both = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"), TokenKeys.Jwk(TokenKeys.K2, "k2"));

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task Replicas_that_start_in_the_same_instant_fetch_once(string kind)
    {
        await using var replicas = await Replicas.RunAsync(kind);

        foreach (var replica in await replicas.StartWarmAsync(4))
        {
            (await Replicas.VerifyAsync(replica, TokenKeys.K1, "k1")).ShouldBeOfType<TokenVerdict.Accepted>();
        }

        replicas.Fetches.ShouldBe(1);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_replica_that_starts_later_fetches_nothing(string kind)
    {
        await using var replicas = await Replicas.RunAsync(kind);
        await replicas.StartWarmAsync(1);

        await replicas.StartWarmAsync(3);

        replicas.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task At_the_soft_age_one_fetches_for_all()
    {
        await using var replicas = await Replicas.RunAsync();
        var started = Stopwatch.GetTimestamp();
        await replicas.StartWarmAsync(4, new JwksAges { Soft = TimeSpan.FromSeconds(2) });

        await Eventually.TrueAsync(() => replicas.Fetches >= 4);

        replicas.Fetches.ShouldBeLessThanOrEqualTo((int)(1 + Stopwatch.GetElapsedTime(started).TotalSeconds / 1.8)); // two seconds less a tenth
    }

    [Fact]
    public async Task A_flood_of_unknown_key_ids_at_four_replicas_causes_one_fetch_a_minute()
    {
        await using var replicas = await Replicas.RunAsync();
        var four = await replicas.StartWarmAsync(4);
        var started = Stopwatch.GetTimestamp();
        var signature = TokenKeys.Text(new byte[256]);

        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 200, CancellationToken = TestContext.Current.CancellationToken }, async (number, _) =>
        {
            var header = TokenKeys.Text($$"""{"alg":"RS256","kid":"unknown-{{number}}"}""");
            var verdict = await Replicas.VerifyAsync(four[number % 4], $"{header}.{TokenKeys.Text("""{"sub":"user_1"}""")}.{signature}");
            verdict.ShouldBeOfType<TokenVerdict.NotUsable>().Fault.ShouldBe(TokenFault.Key);
        });

        replicas.Fetches.ShouldBeInRange(2, 2 + (int)Stopwatch.GetElapsedTime(started).TotalMinutes);
    }

    [Fact]
    public async Task A_warm_replica_verifies_without_a_command_to_redis()
    {
        await using var replicas = await Replicas.RunAsync();
        var replica = (await replicas.StartWarmAsync(1))[0];
        await Eventually.TrueAsync(async () => (await CallsAsync()).TryGetValue("evalsha", out var releases) && releases > 0);
        var before = await CallsAsync();

        for (var number = 0; number < 1000; number++)
        {
            (await Replicas.VerifyAsync(replica, TokenKeys.K1, "k1")).ShouldBeOfType<TokenVerdict.Accepted>();
        }

        (await CallsAsync()).ShouldBe(before, ignoreOrder: true);

        async Task<Dictionary<string, long>> CallsAsync() => // without what the watchdog and this test send
            (await ((RedisServer)replicas.Redis).CallsAsync()).Where(call => call.Key is "get" or "set" or "eval" or "evalsha").ToDictionary();
    }

    [Fact]
    public async Task A_rotation_with_overlap_fails_no_token()
    {
        await using var replicas = await Replicas.RunAsync();
        var four = await replicas.StartWarmAsync(4, new JwksAges { Soft = TimeSpan.FromSeconds(1) });
        replicas.KeySet = Both;

        await Eventually.TrueAsync(async () =>
        {
            foreach (var replica in four)
            {
                (await Replicas.VerifyAsync(replica, TokenKeys.K1, "k1")).ShouldBeOfType<TokenVerdict.Accepted>();
            }

            return Array.TrueForAll(four, replica => Replicas.Cache(replica).Keys!.Current.Contains("k2")); // warm
        });

        foreach (var replica in four)
        {
            (await Replicas.VerifyAsync(replica, TokenKeys.K2, "k2")).ShouldBeOfType<TokenVerdict.Accepted>();
        }
    }

    /// <summary>Each replica asks the provider itself before it gives up all the keys that it has.</summary>
    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_rotation_without_overlap_costs_one_fetch_a_replica(string kind)
    {
        await using var replicas = await Replicas.RunAsync(kind);
        var four = await replicas.StartWarmAsync(4);
        replicas.KeySet = Second;

        foreach (var replica in four)
        {
            await AcceptsSecondAsync(replica);
        }

        replicas.Fetches.ShouldBe(5);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_replica_that_starts_while_the_provider_is_down_verifies_with_the_copy(string kind)
    {
        await using var replicas = await Replicas.RunAsync(kind);
        await replicas.StartWarmAsync(1);
        replicas.KeySet = null;

        var replica = (await replicas.StartWarmAsync(1))[0];

        (await Replicas.VerifyAsync(replica, TokenKeys.K1, "k1")).ShouldBeOfType<TokenVerdict.Accepted>();
    }

    [Fact]
    public async Task Without_a_copy_it_is_not_ready_and_recovers_alone()
    {
        await using var replicas = await Replicas.RunAsync();
        replicas.KeySet = null;
        var two = await replicas.StartAsync(2);
        await Eventually.TrueAsync(() => replicas.Fetches >= 4);

        foreach (var replica in two)
        {
            Replicas.Cache(replica).Keys.ShouldBeNull();
            (await Replicas.VerifyAsync(replica, TokenKeys.K1, "k1")).ShouldBeOfType<TokenVerdict.Unverifiable>();
        }

        replicas.KeySet = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"));
        await Eventually.TrueAsync(() => Array.TrueForAll(two, replica => Replicas.Cache(replica).Keys is not null));
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task Without_redis_each_fetches_for_itself(string kind)
    {
        await using var replicas = await Replicas.RunAsync(kind);
        await replicas.Redis.KillAsync();

        var two = await replicas.StartWarmAsync(2);
        replicas.Fetches.ShouldBe(2);
        replicas.KeySet = Second;

        foreach (var replica in two)
        {
            await AcceptsSecondAsync(replica);
            (await Replicas.VerifyAsync(replica, TokenKeys.K2, "k3")).ShouldBeOfType<TokenVerdict.NotUsable>();
        }

        replicas.Fetches.ShouldBe(4);
    }

    /// <summary>The first token waits a second for its key, the next ones find it as soon as it is there.</summary>
    private static Task AcceptsSecondAsync(RunningService replica) =>
        Eventually.TrueAsync(async () => await Replicas.VerifyAsync(replica, TokenKeys.K2, "k2") is TokenVerdict.Accepted);
}
