using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;

namespace ExtAuthz.Redis.Tests.Connection;

/// <summary>What calls come to when the server is away, hangs or is another than before.</summary>
public sealed class OutageTests
{
    /// <summary>Far above the deadline of 250 ms, far below a wait that never ends.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_hung_server_keeps_no_call_and_no_thread_waiting(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var connection = await Service.ConnectAsync(server);
        await connection.WorksAsync();
        await server.PauseAsync();

        var watch = Stopwatch.StartNew();
        var calls = Task.WhenAll(Enumerable.Range(0, 500).Select(number => connection.StoreAsync($"extauthz:{{{number}}}", "x")));
        await Task.Run(() => { }, TestContext.Current.CancellationToken); // a thread is free at once, or this waits behind the calls
        calls.IsCompleted.ShouldBeFalse();
        var replies = await calls;

        watch.Elapsed.ShouldBeLessThan(Soon);
        replies.ShouldAllBe(reply => reply is RedisReply.Unavailable);
        replies.Select(reply => reply.Cause()).ShouldContain(RedisFault.Timeout);
        (await connection.StoreAsync("extauthz:{a}", "x")).Cause().ShouldBe(RedisFault.NotConnected);
        connection.IsUp.ShouldBeFalse();

        await server.ResumeAsync();
        await connection.WorksAsync();
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_server_that_hangs_for_long_is_connected_to_anew(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var connection = await Service.ConnectAsync(server);
        var connects = 0;
        connection.WhenConnected(() => Interlocked.Increment(ref connects));
        await server.PauseAsync();
        await Eventually.TrueAsync(() => !connection.IsUp); // no call has failed, so it is the watchdog's doing

        await server.ResumeAsync();

        await connection.WorksAsync();
        await Eventually.TrueAsync(() => Volatile.Read(ref connects) > 0);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_server_that_was_killed_and_comes_back_empty_is_told_its_scripts_again(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var connection = await Service.ConnectAsync(server);
        await connection.WorksAsync();
        var connects = 0;
        connection.WhenConnected(() => Interlocked.Increment(ref connects));

        for (var i = 1; i <= 3; i++)
        {
            var before = Volatile.Read(ref connects);
            await server.KillAsync();
            await Eventually.TrueAsync(() => !connection.IsUp);
            (await connection.StoreAsync("extauthz:{a}", "x")).ShouldBeOfType<RedisReply.Unavailable>();
            await server.StartAsync();

            await connection.WorksAsync();
            await Eventually.TrueAsync(() => Volatile.Read(ref connects) > before);
        }
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Garnet")]
    public async Task A_subscription_outlives_reconnects(string kind)
    {
        await using var server = await StoreKind.RunAsync(kind);
        await using var connection = await Service.ConnectAsync(server);
        var heard = new ConcurrentBag<byte>();
        connection.Subscribe("extauthz:news", message => heard.Add(message[0]));
        await IsHeardAsync(1);

        await server.KillAsync();
        await server.StartAsync();
        await IsHeardAsync(2);

        await server.PauseAsync();
        await Eventually.TrueAsync(() => !connection.IsUp);
        await server.ResumeAsync();
        await IsHeardAsync(3);

        Task IsHeardAsync(byte news) => Eventually.TrueAsync(async () =>
        {
            await connection.PublishAsync("extauthz:news", [news], TestContext.Current.CancellationToken);
            return heard.Contains(news);
        });
    }

    [Fact]
    public async Task A_server_that_takes_connections_and_says_nothing_is_soon_tried_again()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var connection = await Service.StartAsync($"{silent.LocalEndpoint},connectTimeout=600000"); // would be the limit of the first attempt
        var accepted = new List<TcpClient>(); // kept: nobody closes them

        await Eventually.TrueAsync(() =>
        {
            while (silent.Pending())
            {
                accepted.Add(silent.AcceptTcpClient());
            }

            return accepted.Count > 4; // an attempt makes two
        });
        accepted.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_server_that_is_not_there_at_start_may_come_later()
    {
        await using var server = await RedisServer.RunAsync();
        await server.KillAsync();
        await using var connection = await Service.StartAsync(server.Configuration);
        (await connection.GetAsync("extauthz:a")).Cause().ShouldBe(RedisFault.NotConnected);

        await server.StartAsync();

        await connection.WorksAsync();
    }
}
