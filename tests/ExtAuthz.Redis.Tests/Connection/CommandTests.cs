using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;

namespace ExtAuthz.Redis.Tests.Connection;

/// <summary>What each call does, on Redis under users.acl and on Garnet.</summary>
public sealed class CommandTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_value_is_set_once_and_read_as_it_was_written(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var connection = await Service.ConnectAsync(server);
        byte[] value = [.. Enumerable.Range(0, 256).Select(number => (byte)number)];

        (await connection.GetAsync("extauthz:a")).Texts().ShouldBe([null]);
        (await connection.SetIfAbsentAsync("extauthz:a", value, Minute, TestContext.Current.CancellationToken)).Texts().ShouldBe(["OK"]);
        (await connection.SetIfAbsentAsync("extauthz:a", [1], Minute, TestContext.Current.CancellationToken)).Texts().ShouldBe([null]);
        (await connection.GetAsync("extauthz:a")).ShouldBeOfType<RedisReply.Answered>().Value.ShouldBe(value);
        long.Parse((await server.DoAsync("PTTL", "extauthz:a")).Text!).ShouldBeInRange(1, 60_000);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_script_is_sent_once_and_known_after_that(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var connection = await Service.ConnectAsync(server);
        await connection.WorksAsync();
        var before = await EvalsAsync();

        for (var i = 0; i < 3; i++)
        {
            var reply = await connection.StoreAsync("extauthz:{a}", "value");
            reply.Texts().ShouldBe(["stored", "extauthz:{a}", "42", null]);
            reply.ShouldBeOfType<RedisReply.Answered>().Number(2).ShouldBe(42);
            reply.ShouldBeOfType<RedisReply.Answered>().Number(0).ShouldBeNull();
        }

        (await connection.GetAsync("extauthz:{a}")).Texts().ShouldBe(["value"]);
        (await EvalsAsync()).ShouldBe(before);

        async Task<long> EvalsAsync() => server is RedisServer redis ? (await redis.CallsAsync())["eval"] : 0;
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_value_of_another_type_counts_as_none(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var connection = await Service.ConnectAsync(server);
        await server.DoAsync("RPUSH", "extauthz:a", "1");

        for (var i = 0; i < 10; i++)
        {
            (await connection.GetAsync("extauthz:a")).Texts().ShouldBe([null]);
        }
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_caller_may_stop_waiting(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var connection = await Service.ConnectAsync(server);

        await Should.ThrowAsync<OperationCanceledException>(() => connection.GetAsync("extauthz:a", new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("GET", "extauthz:a", true)]
    [InlineData("GET", "other:a", false)]
    [InlineData("KEYS", "*", false)]
    [InlineData("FLUSHALL", null, false)]
    [InlineData("CONFIG", "GET *", false)]
    [InlineData("PUBLISH", "other 1", false)]
    public async Task Under_users_acl_only_what_the_service_needs_is_allowed(string command, string? arguments, bool isAllowed)
    {
        await using var server = await RedisServer.RunAsync();
        await using var client = await RespClient.ConnectAsync(server.Port);
        await client.CallAsync("AUTH", RedisServer.Password);
        var call = () => client.CallAsync([command, .. arguments?.Split(' ') ?? []]);

        if (isAllowed)
        {
            await call();
        }
        else
        {
            (await Should.ThrowAsync<InvalidOperationException>(call)).Message.ShouldStartWith("NOPERM");
        }
    }

    /// <summary>CONFIG GET would tell it little and tells a thief a lot; the client does without.</summary>
    [Fact]
    public async Task All_that_users_acl_forbids_the_client_is_to_read_the_servers_configuration()
    {
        await using var server = await RedisServer.RunAsync();
        await using var connection = await Service.ConnectAsync(server);
        connection.Subscribe("extauthz:news", _ => { });
        await connection.WorksAsync();
        await connection.PublishAsync("extauthz:news", [1], TestContext.Current.CancellationToken);

        (await server.DoAsync("ACL", "LOG")).Items.Select(item => item.Items[7].Text).ShouldBe(["config|get"]);
    }
}
