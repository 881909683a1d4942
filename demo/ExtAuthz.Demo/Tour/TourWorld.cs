using ExtAuthz.Demo.Providers;

namespace ExtAuthz.Demo.Tour;

/// <summary>What the steps of the tour share: the running demo, its clock, and one visitor.</summary>
internal sealed record TourWorld(Demonstration Demonstration, TourClock Clock, Visitor Visitor)
{
    public const string ProtectedPage = "/account";
    public const string PublicPage = "/about";

    /// <summary>Who signs users in.</summary>
    public IDemoProvider Provider => Demonstration.Provider;

    /// <summary>A visitor of their own for a step, so that the story of the first one is not disturbed.</summary>
    public Visitor NewVisitor() => new(Demonstration.Origin, CancellationToken.None);

    /// <summary>Lets time pass at once, for all parts.</summary>
    public Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return Provider.PassAsync(time);
    }

    /// <summary>Lets the access token of the visitor's session end.</summary>
    public Task LetTokenExpireAsync() => PassAsync(Provider.AccessTokenLifetime + TimeSpan.FromSeconds(1));

    /// <summary>Fetches the protected page, again as often as a patient client does.</summary>
    public async Task<Reply> FetchPatientlyAsync()
    {
        var reply = await Visitor.FetchAsync(ProtectedPage);
        for (var patience = 3; patience > 0 && reply.Status is 503; patience--)
        {
            await Task.Delay(reply.RetryAfter, Clock);
            reply = await Visitor.FetchAsync(ProtectedPage);
        }

        Expect.Equal(200, reply.Status);
        return reply;
    }
}
