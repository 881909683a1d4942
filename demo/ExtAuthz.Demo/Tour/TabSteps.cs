namespace ExtAuthz.Demo.Tour;

/// <summary>Several tabs of one browser.</summary>
internal static class TabSteps
{
    public static async Task<string> BothTabsArriveAsync(TourWorld world)
    {
        const string one = TourWorld.ProtectedPage + "?tab=1";
        const string two = TourWorld.ProtectedPage + "?tab=2";
        using var browser = world.NewVisitor();
        var firstSignIn = await browser.OpenAsync(one);
        var secondSignIn = await browser.OpenAsync(two);
        Expect.Equal(2, browser.OpenSignIns);

        var first = await browser.FinishSignInAsync(firstSignIn.Target, world.Provider.Grace);
        Expect.Equal(one, first.Target.PathAndQuery);
        Expect.Equal(200, (await browser.OpenAsync(two)).Status);

        var second = await browser.FinishSignInAsync(secondSignIn.Target, world.Provider.Grace);
        Expect.Equal(two, second.Target.PathAndQuery);
        Expect.Equal(200, (await browser.OpenAsync(two)).Status);
        Expect.Equal(0, browser.OpenSignIns);
        return $"two sign-ins begun, a cookie each; tab one arrives at {one}, tab two finds itself signed in when it is loaded again, and finishing its own sign-in leads to {two}";
    }
}
