using ExtAuthz.Domain.Sessions;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Redis;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>Nobody else who can write to Redis ends or begins a session, or learns whose.</summary>
public sealed class ForeignRevocationTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly SessionIdentity Session = new("session_1", "user_1", Now);

    [Fact]
    public async Task A_message_of_somebody_else_is_dropped()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        var news = RevocationNewsText.Write(new RevocationNews.SessionEnded("session_1"));
        foreach (var message in new[] { news, [], one.Seal.Seal(RecordType.Result, one.Channel, news), one.Seal.Seal(RecordType.Revocation, one.NameOf("session_1"), news), one.Seal.Seal(RecordType.Revocation, one.Channel, "{}"u8) })
        {
            await one.Redis.PublishAsync(one.Channel, message, TestContext.Current.CancellationToken);
        }

        await one.HearsAsync();
        one.IsRevoked(Session).ShouldBeFalse();
    }

    [Fact]
    public async Task An_old_beginning_that_somebody_repeats_undoes_no_end()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        var old = Session with { IssuedAt = Now - TimeSpan.FromMinutes(6) };
        await one.RevokeAsync("session_1");

        await one.Redis.PublishAsync(
            one.Channel, one.Seal.Seal(RecordType.Revocation, one.Channel, RevocationNewsText.Write(new RevocationNews.SessionBegan("session_1", old.IssuedAt!.Value))), TestContext.Current.CancellationToken); // set above

        await one.HearsAsync();
        one.IsRevoked(old).ShouldBeTrue();
        one.IsRevoked(Session).ShouldBeTrue();
    }

    [Theory]
    [InlineData("SET", "garbage")]
    [InlineData("SET", "")]
    [InlineData("RPUSH", "1")]
    public async Task A_record_of_somebody_else_counts_as_none_and_is_written_over(string command, string value)
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await server.DoAsync(command, one.KeyOf("session_1"), value);
        (await one.IsRevokedAsync(Session)).ShouldBeFalse();

        await one.RevokeAsync("session_1");

        await using var late = await Replica.StartAsync(server);
        (await late.IsRevokedAsync(Session)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_record_of_another_session_counts_as_none()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await one.RevokeAsync("session_2");
        await server.DoAsync("COPY", one.KeyOf("session_2"), one.KeyOf("session_1"));

        (await one.IsRevokedAsync(Session)).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_in_Redis_tells_who()
    {
        await using var server = await RedisServer.RunAsync();
        await using var one = await Replica.StartAsync(server);
        await one.RevokeAsync("session_1");
        await one.RevokeUserAsync("user_1", Now);
        await one.Used.TryUseAsync("state-1", TestContext.Current.CancellationToken);

        var dump = string.Join('\n', (await server.DumpAsync()).SelectMany(record => new[] { record.Key, record.Value }));

        dump.ShouldNotContain("session_1");
        dump.ShouldNotContain("user_1");
        dump.ShouldNotContain("state-1");
        dump.ShouldNotContain($"{DateTimeOffset.MaxValue.Ticks}");
    }
}
