using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Service;

/// <summary>Users with more data than a cookie holds: real seals, real sizes.</summary>
public sealed class LargeSessionOverGrpcTests
{
    private static readonly AccessTokenSpec Expired = new() { ExpiresIn = -60 };

    [Theory]
    [InlineData(0, true, 1, false)]
    [InlineData(3_000, true, 2, false)]
    [InlineData(20_000, true, 1, true)]
    [InlineData(3_000, false, 1, true)]
    public async Task A_user_of_any_size_stays_signed_in(int metadata, bool chunking, int cookies, bool isTrimmed)
    {
        var provider = new RotatingProvider { MetadataLength = metadata };
        await using var world = await SignedInWorld.StartAsync(authenticate: provider.AnswerAsync, settings: new KeyValuePair<string, string?>("ExtAuthz:CookieChunking", $"{chunking}"));
        provider.Use(world);

        var renewed = await world.Service.CheckAsync(CheckRequests.Get("/protected", world.Cookie(Expired)));

        renewed.IsAllowed().ShouldBeTrue();
        var set = renewed.SetCookies().Where(line => !line.Contains("Max-Age=0;", StringComparison.Ordinal)).ToArray();
        set.Length.ShouldBe(cookies);
        set.ShouldAllBe(line => line.Length <= 4096);
        world.Service.Logs.Lines.Any(line => line.Contains("without Metadata it takes", StringComparison.Ordinal)).ShouldBe(isTrimmed);

        var next = await world.Service.CheckAsync(CheckRequests.Get("/protected", string.Join("; ", set.Select(line => line.Split(';')[0]))));

        next.IsAllowed().ShouldBeTrue();
        next.Upstream("x-auth-user-id").ShouldBe(SignedInWorld.UserId);
        next.Upstream("x-workos-session").ShouldBe(renewed.Upstream("x-workos-session"));
        next.Upstream("cookie").ShouldBe(cookies == 1 ? null : $"wos-session={next.Upstream("x-workos-session")}");
        provider.Calls.ShouldBe(1);
    }
}
