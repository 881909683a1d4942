using ExtAuthz.Demo.Providers;
using ExtAuthz.FakeWorkOS.FaultInjection;

namespace ExtAuthz.Demo.Tour;

/// <summary>What happens when the provider does not answer as it should: nobody loses a session for it.</summary>
internal sealed class OutageSteps(FakeWorkOSProvider provider)
{
    public async Task<string> LiveSessionIsServedAsync(TourWorld world)
    {
        var calls = provider.Ledger.AuthenticateCalls;
        provider.Faults.Authenticate.Answer(new FaultAnswer.Status(StatusCodes.Status503ServiceUnavailable));
        await world.PassAsync(provider.Faults.AccessTokenLifetime - TimeSpan.FromSeconds(20)); // so late that a refresh is tried ahead
        var reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);

        Expect.Equal(200, reply.Status);
        Expect.Equal(0, reply.SetCookies.Length);
        Expect.True(await IsAskedAgainAsync(calls), "no refresh ahead");
        return "200 though the refresh ahead of time failed, the cookie stays";
    }

    public static async Task<string> ExpiredSessionWaitsAsync(TourWorld world)
    {
        var session = world.Visitor.Session;
        await world.LetTokenExpireAsync();
        var reply = await world.Visitor.OpenAsync(TourWorld.ProtectedPage);

        Expect.Equal(503, reply.Status);
        Expect.True(reply.RetryAfter > TimeSpan.Zero, reply.RetryAfter);
        Expect.Equal(0, reply.SetCookies.Length);
        Expect.True(session is not null && world.Visitor.Session == session, "another session cookie");
        return $"503, Retry-After {reply.RetryAfter.TotalSeconds}, the cookie stays";
    }

    public async Task<string> SessionGoesOnAsync(TourWorld world)
    {
        provider.Faults.Clear();
        var reply = await world.FetchPatientlyAsync();

        Expect.True(reply.NewSession is not null, "no new session cookie");
        return "200 with a new cookie";
    }

    public async Task<string> MissingKeysSignNobodyOutAsync(TourWorld world)
    {
        provider.Keys.Rotate(overlap: false);
        provider.Faults.Jwks.Answer(new FaultAnswer.Status(StatusCodes.Status503ServiceUnavailable));
        var live = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);
        Expect.Equal(200, live.Status);

        await world.LetTokenExpireAsync();
        var renewed = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);
        Expect.Equal(503, renewed.Status);
        Expect.True(!renewed.DeletesSession && world.Visitor.Session is not null, "the session cookie deleted");

        provider.Faults.Clear();
        await world.PassAsync(TimeSpan.FromSeconds(61)); // an unknown key is asked for once a minute
        await world.FetchPatientlyAsync();
        return "200 with the keys at hand; 503 with a token of a new key, the cookie stays; 200 when keys are back";
    }

    /// <summary>The refresh goes on behind the answer, so it may come after it.</summary>
    private async Task<bool> IsAskedAgainAsync(int calls)
    {
        for (var look = 0; look < 100 && provider.Ledger.AuthenticateCalls == calls; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return provider.Ledger.AuthenticateCalls > calls;
    }
}
