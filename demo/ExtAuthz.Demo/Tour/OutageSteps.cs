using ExtAuthz.FakeWorkOS.FaultInjection;

namespace ExtAuthz.Demo.Tour;

/// <summary>What happens when the provider does not answer as it should: nobody loses a session for it.</summary>
internal static class OutageSteps
{
    public static async Task<string> LiveSessionIsServedAsync(TourWorld world)
    {
        var calls = world.Ledger.AuthenticateCalls;
        world.Faults.Authenticate.Answer(new FaultAnswer.Status(StatusCodes.Status503ServiceUnavailable));
        world.Clock.Advance(world.Faults.AccessTokenLifetime - TimeSpan.FromSeconds(20)); // so late that a refresh is tried ahead
        var reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);

        Expect.Equal(200, reply.Status);
        Expect.Equal(0, reply.SetCookies.Length);
        Expect.True(world.Ledger.AuthenticateCalls > calls, "no refresh ahead");
        return "200 though the refresh ahead of time failed, the cookie stays";
    }

    public static async Task<string> ExpiredSessionWaitsAsync(TourWorld world)
    {
        var session = world.Visitor.Session;
        world.LetTokenExpire();
        var reply = await world.Visitor.OpenAsync(TourWorld.ProtectedPage);

        Expect.Equal(503, reply.Status);
        Expect.True(reply.RetryAfter > TimeSpan.Zero, reply.RetryAfter);
        Expect.Equal(0, reply.SetCookies.Length);
        Expect.True(session is not null && world.Visitor.Session == session, "another session cookie");
        return $"503, Retry-After {reply.RetryAfter.TotalSeconds}, the cookie stays";
    }

    public static async Task<string> SessionGoesOnAsync(TourWorld world)
    {
        world.Faults.Clear();
        var reply = await UntilServedAsync(world);

        Expect.True(reply.NewSession is not null, "no new session cookie");
        return "200 with a new cookie";
    }

    public static async Task<string> MissingKeysSignNobodyOutAsync(TourWorld world)
    {
        world.Keys.Rotate(overlap: false);
        world.Faults.Jwks.Answer(new FaultAnswer.Status(StatusCodes.Status503ServiceUnavailable));
        var live = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);
        Expect.Equal(200, live.Status);

        world.LetTokenExpire();
        var renewed = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);
        Expect.Equal(503, renewed.Status);
        Expect.True(!renewed.DeletesSession && world.Visitor.Session is not null, "the session cookie deleted");

        world.Faults.Clear();
        world.Clock.Advance(TimeSpan.FromSeconds(61)); // an unknown key is asked for once a minute
        await UntilServedAsync(world);
        return "200 with the keys at hand; 503 with a token of a new key, the cookie stays; 200 when keys are back";
    }

    /// <summary>Tries again as often as a patient client does.</summary>
    private static async Task<Reply> UntilServedAsync(TourWorld world)
    {
        var reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);
        for (var patience = 3; patience > 0 && reply.Status is 503; patience--)
        {
            await Task.Delay(reply.RetryAfter, world.Clock);
            reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);
        }

        Expect.Equal(200, reply.Status);
        return reply;
    }
}
