using ExtAuthz.Demo.Upstream;

namespace ExtAuthz.Demo.Tour;

/// <summary>What happens when an access token has ended.</summary>
internal static class RefreshSteps
{
    private const int Crowd = 50;

    public static async Task<string> ExpiredSessionIsRenewedAsync(TourWorld world)
    {
        var (before, calls) = (world.Visitor.Session, await world.Provider.CountTokenCallsAsync());
        await world.LetTokenExpireAsync();
        var reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);

        Expect.Equal(200, reply.Status);
        Expect.True(reply.NewSession is not null, "no new session cookie");
        Expect.True(world.Visitor.Session != before, "the old session cookie");
        Expect.Equal(Concealment.Of("x-workos-session", reply.NewSession ?? ""), reply.Upstream("x-workos-session"));
        var cookie = Concealment.Of("cookie", $"{Visitor.SessionCookie}={reply.NewSession}");
        Expect.True(reply.Upstream("cookie")?.Split("; ").Contains(cookie, StringComparer.Ordinal) == true, reply.Upstream("cookie"));
        Expect.Equal(1, await world.Provider.CountTokenCallsAsync() - calls);
        return $"200, 1 provider call, a new cookie; the upstream sees the new session too: {reply.Upstream("x-workos-session")}";
    }

    public static async Task<string> RequestsShareOneRefreshAsync(TourWorld world)
    {
        var calls = await world.Provider.CountTokenCallsAsync();
        await world.LetTokenExpireAsync();
        await world.Provider.DelayTokensAsync(TimeSpan.FromMilliseconds(500)); // so that they meet
        var replies = await world.Visitor.FetchAtOnceAsync(TourWorld.ProtectedPage, Crowd);
        await world.Provider.DelayTokensAsync(TimeSpan.Zero);

        var served = replies.Count(reply => reply.Status is 200);
        var sessions = replies.Select(reply => reply.NewSession).Distinct(StringComparer.Ordinal).ToList();
        var providerCalls = await world.Provider.CountTokenCallsAsync() - calls;
        Expect.Equal(Crowd, served);
        Expect.Equal(1, providerCalls);
        Expect.True(sessions is [not null], $"{sessions.Count} different sessions");
        Expect.Equal(200, (await world.Visitor.FetchAsync(TourWorld.ProtectedPage)).Status);
        return $"{served} answers 200, {providerCalls} provider call, {sessions.Count} new session, nobody signed out";
    }

    public static async Task<string> NewKeysAreLearntAsync(TourWorld world)
    {
        await world.Provider.RotateKeysAsync();
        Expect.Equal(200, (await world.Visitor.FetchAsync(TourWorld.ProtectedPage)).Status);

        await world.LetTokenExpireAsync();
        var reply = await world.FetchPatientlyAsync();
        Expect.True(reply.NewSession is not null, "no new session cookie");
        return "200 with the token of the old key; 200 with a token of the new one, which was fetched when the token named it";
    }
}
