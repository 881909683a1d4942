using ExtAuthz.Domain;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Demo.Tour;

/// <summary>The end of a session that the user wants, and one that another site wants.</summary>
internal static class SignOutSteps
{
    private const string SignOut = "/sign-out";

    public static async Task<string> OtherSiteIsNotObeyedAsync(TourWorld world)
    {
        var reply = await world.Visitor.OpenAsync(SignOut, ("sec-fetch-site", "cross-site"));

        Expect.Equal(200, reply.Status);
        Expect.True(reply.Body.Contains("Sign out?", StringComparison.Ordinal), reply.Body);
        Expect.Equal(0, reply.SetCookies.Length);
        Expect.Equal(200, (await world.Visitor.FetchAsync(TourWorld.ProtectedPage)).Status);
        return "a link there leads to a page that asks, and the session goes on";
    }

    public static async Task<string> NothingIsLeftAsync(TourWorld world)
    {
        using var leaver = world.NewVisitor();
        await leaver.SignInAsync(TourWorld.ProtectedPage, world.Provider.Grace);
        await leaver.OpenAsync("/sign-in"); // in another tab, never finished
        leaver.Keep(Visitor.SessionCookie + ".3", "left-from-a-larger-session");
        var old = leaver.Session ?? "";
        var cookies = leaver.Cookies;
        Expect.Equal(200, (await leaver.ReplayAsync(old)).Status);

        var reply = await leaver.PressAsync(SignOut);
        Expect.Equal(303, reply.Status);
        Expect.Equal("", string.Join(", ", leaver.Cookies));
        Expect.Equal(401, (await leaver.ReplayAsync(old)).Status);

        var end = await leaver.ReturnFromAsync(reply.Target, world.Provider.Grace);
        Expect.Equal(new Uri(world.Demonstration.Origin, "/"), end);
        Expect.Equal(new RefreshOutcome.Ended("invalid_grant"), await RefreshAsync(world, old));
        return $"deleted {string.Join(", ", cookies)}; the old cookie sent again gets 401; {reply.Target.GetLeftPart(UriPartial.Path)} leads to {end} and takes the refresh token no more";
    }

    // What a thief of the cookie and its password would try.
    private static Task<RefreshOutcome> RefreshAsync(TourWorld world, string value)
    {
        var services = world.Demonstration.Service;
        var session = services.GetRequiredService<ISessionCodec>().Unseal(new SealedSession(value));
        Expect.True(session is not null, "a cookie that does not open");
        return services.GetRequiredService<IIdentityProvider>().RefreshAsync(new RefreshGrant(session!.RefreshToken, null), CancellationToken.None); // expected above
    }
}
