using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;

namespace ExtAuthz.Redis.Tests.Connection;

/// <summary>What calls come to when the server answers, but not as asked.</summary>
public sealed class RefusedTests
{
    [Fact]
    public async Task With_a_wrong_password_there_is_no_connection()
    {
        await using var server = await RedisServer.RunAsync();
        var log = new EventLog();
        await using var connection = await Service.StartAsync($"127.0.0.1:{server.Port},password=correct-horse", log);
        await Eventually.TrueAsync(() => log.Lines.Any());

        log.Lines.ShouldHaveSingleItem().ShouldContain("AuthenticationFailure");
        log.Lines.ShouldAllBe(line => !line.Contains("correct-horse"));
        (await connection.GetAsync("extauthz:a")).Cause().ShouldBe(RedisFault.NotConnected);
    }

    [Fact]
    public async Task Without_a_certificate_that_verifies_there_is_no_connection()
    {
        using var certificate = new ServerCertificate();
        var port = StoreServer.FreePort();
        await using var server = await RedisServer.RunAsync(
            "--tls-port", $"{port}", "--tls-cert-file", certificate.Path, "--tls-key-file", certificate.KeyPath, "--tls-ca-cert-file", certificate.Path, "--tls-auth-clients", "no");
        var log = new EventLog();
        await using var connection = await Service.StartAsync($"localhost:{port},ssl=true,password={RedisServer.Password}", log);
        await Eventually.TrueAsync(() => log.Lines.Any());

        (await connection.GetAsync("extauthz:a")).Cause().ShouldBe(RedisFault.NotConnected);
        (await server.DoAsync("ACL", "LOG")).Items.ShouldBeEmpty(); // not even a password was sent
    }

    [Fact]
    public async Task A_primary_that_became_a_replica_is_followed_when_it_is_primary_again()
    {
        await using var other = await RedisServer.RunAsync();
        await using var server = await RedisServer.RunAsync();
        await using var connection = await Service.ConnectAsync(server);
        await connection.WorksAsync();

        await server.DoAsync("REPLICAOF", "127.0.0.1", $"{other.Port}");
        (await connection.StoreAsync("extauthz:{a}", "x")).Cause().ShouldBe(RedisFault.Refused);

        await server.PromoteAsync();
        await connection.WorksAsync();
    }

    [Fact]
    public async Task After_a_fail_over_the_new_primary_is_found()
    {
        await using var primary = await RedisServer.RunAsync();
        await using var replica = await primary.AddReplicaAsync();
        await using var connection = await Service.StartAsync($"127.0.0.1:{primary.Port},{replica.Configuration}");
        await connection.WorksAsync();

        await primary.KillAsync();
        await replica.PromoteAsync();

        await connection.WorksAsync();
        (await replica.DumpAsync()).Keys.ShouldContain("extauthz:{works}");
    }

    [Fact]
    public async Task A_server_without_memory_refuses_writes_and_still_reads()
    {
        await using var server = await RedisServer.RunAsync("--maxmemory", "1mb", "--maxmemory-policy", "noeviction");
        await using var connection = await Service.ConnectAsync(server);

        (await connection.StoreAsync("extauthz:{a}", "x")).Cause().ShouldBe(RedisFault.Refused);
        (await connection.GetAsync("extauthz:a")).Texts().ShouldBe([null]);
        await server.DoAsync("CONFIG", "SET", "maxmemory", "100mb");

        await connection.WorksAsync();
    }

    [Fact]
    public async Task A_slow_server_is_waited_for_until_the_deadline_and_not_given_up()
    {
        await using var server = await RedisServer.RunAsync();
        await using var connection = await Service.ConnectAsync(server);
        await connection.WorksAsync();
        await server.DoAsync("CLIENT", "PAUSE", "2000", "ALL");

        (await connection.StoreAsync("extauthz:{a}", "x")).Cause().ShouldBe(RedisFault.Timeout);

        await connection.WorksAsync();
    }

    [Fact]
    public async Task A_cluster_without_its_slots_refuses()
    {
        await using var server = await RedisServer.RunAsync("--cluster-enabled", "yes");
        await using var connection = await Service.ConnectAsync(server);

        (await connection.StoreAsync("extauthz:{a}", "x")).ShouldBeOfType<RedisReply.Unavailable>();
        await server.DoAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");

        await connection.WorksAsync();
    }

    [Fact]
    public async Task In_a_cluster_each_key_goes_to_its_node()
    {
        var bus = StoreServer.FreePort();
        await using var one = await RedisServer.RunAsync("--cluster-enabled", "yes", "--cluster-port", $"{StoreServer.FreePort()}");
        await using var other = await RedisServer.RunAsync("--cluster-enabled", "yes", "--cluster-port", $"{bus}");
        await one.DoAsync("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
        await other.DoAsync("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
        await one.DoAsync("CLUSTER", "MEET", "127.0.0.1", $"{other.Port}", $"{bus}");
        foreach (var node in new[] { one, other })
        {
            await Eventually.TrueAsync(async () => (await node.DoAsync("CLUSTER", "INFO")).Text!.Contains("cluster_state:ok", StringComparison.Ordinal));
        }

        await using var connection = await Service.ConnectAsync(one);
        for (var key = 0; key < 20; key++)
        {
            (await connection.StoreAsync($"extauthz:{{{key}}}", "x")).ShouldBeOfType<RedisReply.Answered>();
        }

        var (there, elsewhere) = ((await one.DumpAsync()).Count, (await other.DumpAsync()).Count);
        (there > 0, elsewhere > 0, there + elsewhere).ShouldBe((true, true, 20));
    }
}
