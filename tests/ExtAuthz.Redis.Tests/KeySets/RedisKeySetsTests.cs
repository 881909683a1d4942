using System.Globalization;
using System.Text.Json.Nodes;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Tests.Tokens;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Redis.Tests.KeySets;

/// <summary>When the copy in Redis counts, and when the provider is asked.</summary>
public sealed class RedisKeySetsTests
{
    private static readonly byte[] Second = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K2, "k2"));
    private static readonly byte[] Both = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"), TokenKeys.Jwk(TokenKeys.K2, "k2"));

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_copy_has_the_age_of_its_fetch_and_lives_for_a_day(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        await FetchAsync(await world.AddAsync());
        world.Clock.Advance(TimeSpan.FromHours(3));

        var copy = await FetchAsync(await world.AddAsync());

        (copy.Age, world.Fetches).ShouldBe((TimeSpan.FromHours(3), 1));
        copy.Keys.Contains("k1").ShouldBeTrue();
        long.Parse((await world.Redis.DoAsync("TTL", await world.CopyKeyAsync())).Text!, CultureInfo.InvariantCulture).ShouldBeInRange(86_000, 86_400);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task Nothing_of_a_copy_shows(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        await FetchAsync(await world.AddAsync());

        var key = await world.CopyKeyAsync();
        var dump = key + (await world.Redis.DoAsync("GET", key)).Text;

        dump.ShouldNotContain("\"kid\"");
        dump.ShouldNotContain("\"k1\""); // with its quotes: two letters alone come up in sealed bytes now and then
        dump.ShouldNotContain("issuer");
        dump.ShouldNotContain((string)TokenKeys.Jwk(TokenKeys.K1)["n"]!); // a modulus in base64url
    }

    [Theory]
    [InlineData("Redis", 1)]
    [InlineData("Redis", 20)]
    [InlineData("Redis", -1)]
    [InlineData("Garnet", 20)]
    public async Task A_copy_with_a_flipped_bit_is_a_miss(string kind, int position)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        await FetchAsync(await world.AddAsync());
        var key = await world.CopyKeyAsync();
        var record = (await world.Redis.DoAsync("GET", key)).Text!.ToCharArray();
        record[position < 0 ? record.Length + position : position] ^= (char)1;
        await world.Redis.DoAsync("SET", key, new string(record));

        (await FetchAsync(await world.AddAsync())).Age.ShouldBe(TimeSpan.Zero);

        (world.Fetches, world.Rejected).ShouldBe((2, 1));
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_copy_of_another_provider_is_a_miss(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        await FetchAsync(await world.AddAsync("other client"));
        var other = await world.CopyKeyAsync();
        await FetchAsync(await world.AddAsync());
        await world.Redis.DoAsync("SET", await world.CopyKeyAsync(other), (await world.Redis.DoAsync("GET", other)).Text!);

        await FetchAsync(await world.AddAsync());

        (world.Fetches, world.Rejected).ShouldBe((3, 1));
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_copy_that_somebody_kept_for_a_day_is_a_miss(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        await FetchAsync(await world.AddAsync());
        await world.Redis.DoAsync("PERSIST", await world.CopyKeyAsync());
        world.Clock.Advance(TimeSpan.FromHours(24));

        (await FetchAsync(await world.AddAsync())).Age.ShouldBe(TimeSpan.Zero);

        (world.Fetches, world.Rejected).ShouldBe((2, 1));
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_copy_of_a_wrong_type_is_a_miss(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        await FetchAsync(await world.AddAsync());
        var key = await world.CopyKeyAsync();
        await world.Redis.DoAsync("DEL", key);
        await world.Redis.DoAsync("RPUSH", key, "1");

        await FetchAsync(await world.AddAsync());

        world.Fetches.ShouldBe(2);
        (await FetchAsync(await world.AddAsync())).Keys.Count.ShouldBe(1);
        world.Fetches.ShouldBe(2);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task An_older_copy_takes_the_place_of_nothing(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        var replica = await world.AddAsync();
        await FetchAsync(replica);
        var key = await world.CopyKeyAsync();
        var old = (await world.Redis.DoAsync("GET", key)).Text!;
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(Both));
        await FetchDueAsync(replica, world);
        await world.Redis.DoAsync("SET", key, old);

        (await FetchDueAsync(replica, world)).Keys.Count.ShouldBe(2);

        world.Fetches.ShouldBe(3);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_copy_without_any_of_our_keys_is_not_taken_before_the_provider_says_the_same(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        var (first, second) = (await world.AddAsync(), await world.AddAsync());
        await FetchAsync(first);
        await FetchAsync(second);
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(Second));
        await FetchDueAsync(first, world);
        world.Provider.Answer = _ => throw new HttpRequestException("down");

        (await second.FetchAsync("k2", TestContext.Current.CancellationToken)).ShouldBe(new JwksResult.Refused(JwksFault.Unreachable));

        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(Second));
        (await second.FetchAsync("k2", TestContext.Current.CancellationToken)).ShouldBeOfType<JwksResult.Accepted>().Keys.Contains("k2").ShouldBeTrue();
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task An_unknown_key_is_fetched_for_once_a_minute_and_found_in_the_copy_by_the_others(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        var (first, second) = (await world.AddAsync(), await world.AddAsync());
        await FetchAsync(first);
        await FetchAsync(second);
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(Both));
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        (await AskAsync(first)).ShouldBeOfType<JwksResult.Accepted>();
        (await AskAsync(second)).ShouldBeOfType<JwksResult.Accepted>().Keys.Count.ShouldBe(2);
        (await AskAsync(first, "k3")).ShouldBeNull();
        (await AskAsync(second, "k4")).ShouldBeNull();

        world.Fetches.ShouldBe(2);

        static Task<JwksResult?> AskAsync(RedisKeySets replica, string keyId = "k2") => replica.FetchAsync(keyId, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_newer_copy_without_the_unknown_key_is_no_answer(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        var (first, second) = (await world.AddAsync(), await world.AddAsync());
        await FetchAsync(first);
        await FetchAsync(second);
        await FetchDueAsync(first, world);
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(Both));

        (await second.FetchAsync("k2", TestContext.Current.CancellationToken)).ShouldBeOfType<JwksResult.Accepted>().Keys.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_lease_that_never_ends_is_waited_for_ten_seconds(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        await FetchAsync(await world.AddAsync());
        var key = await world.CopyKeyAsync();
        await world.Redis.DoAsync("DEL", key);
        await world.Redis.DoAsync("SET", $"{key}:lease", "somebody");
        var started = world.Clock.GetUtcNow();

        await EndAsync(world, FetchAsync(await world.AddAsync()));

        world.Fetches.ShouldBe(2);
        (world.Clock.GetUtcNow() - started).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task The_next_takes_its_turn_at_once_when_a_fetch_fails(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        var good = world.Provider.Answer;
        world.Provider.Answer = _ => throw new HttpRequestException("down");
        (await (await world.AddAsync()).FetchAsync(unknownKeyId: null, TestContext.Current.CancellationToken)).ShouldBe(new JwksResult.Refused(JwksFault.Unreachable));
        world.Provider.Answer = good;

        await FetchAsync(await world.AddAsync());

        world.Fetches.ShouldBe(2);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task While_another_replica_fetches_its_copy_is_waited_for(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        await FetchAsync(await world.AddAsync());
        var key = await world.CopyKeyAsync();
        await world.Redis.DoAsync("RENAME", key, "aside");
        await world.Redis.DoAsync("SET", $"{key}:lease", "another");

        var fetch = FetchAsync(await world.AddAsync());
        await world.Redis.DoAsync("RENAME", "aside", key);

        (await EndAsync(world, fetch)).Keys.Count.ShouldBe(1);
        world.Fetches.ShouldBe(1);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_replica_that_dies_while_it_fetches_is_not_waited_for_longer_than_its_lease(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        var (good, left) = (world.Provider.Answer, 0L);
        world.Provider.Answer = async cancellationToken =>
        {
            var lease = (await world.Redis.DoAsync("KEYS", "*")).Texts.Single(key => key.EndsWith(":lease", StringComparison.Ordinal));
            left = long.Parse((await world.Redis.DoAsync("PTTL", lease)).Text!, CultureInfo.InvariantCulture);
            return await good(cancellationToken);
        };
        await FetchAsync(await world.AddAsync());
        left.ShouldBeInRange(1, 10_000);
        var key = await world.CopyKeyAsync();
        await world.Redis.DoAsync("DEL", key);
        await world.Redis.DoAsync("SET", $"{key}:lease", "another", "PX", "200");

        await EndAsync(world, FetchAsync(await world.AddAsync()));

        world.Fetches.ShouldBe(2);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_set_too_large_for_a_record_is_not_shared(string kind)
    {
        await using var world = await KeySetWorld.RunAsync(kind);
        JsonObject[] many = [.. Enumerable.Range(0, 64).Select(number => TokenKeys.Jwk(TokenKeys.K1, $"{number}{new string('k', 1000)}"))];
        var set = TokenKeys.Set(many);
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(set));

        await FetchAsync(await world.AddAsync());
        (await FetchAsync(await world.AddAsync())).Keys.Count.ShouldBe(64);

        (world.Fetches, world.Rejected).ShouldBe((2, 0));
    }

    private static async Task<JwksResult.Accepted> FetchAsync(RedisKeySets replica) =>
        (await replica.FetchAsync(unknownKeyId: null, TestContext.Current.CancellationToken)).ShouldBeOfType<JwksResult.Accepted>();

    /// <summary>Lets the time pass that a fetch waits for.</summary>
    private static async Task<JwksResult.Accepted> EndAsync(KeySetWorld world, Task<JwksResult.Accepted> fetch)
    {
        await Eventually.TrueAsync(() =>
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return fetch.IsCompleted;
        });
        return await fetch;
    }

    /// <summary>Fetches when it is time again.</summary>
    private static Task<JwksResult.Accepted> FetchDueAsync(RedisKeySets replica, KeySetWorld world)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        return FetchAsync(replica);
    }
}
