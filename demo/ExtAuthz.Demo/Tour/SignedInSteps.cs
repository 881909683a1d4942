using ExtAuthz.Demo.Upstream;

namespace ExtAuthz.Demo.Tour;

/// <summary>From sign-in to the end of the session.</summary>
internal static class SignedInSteps
{
    public static async Task<string> SignsInAsync(TourWorld world)
    {
        var callback = await world.Visitor.SignInAsync(TourWorld.ProtectedPage, world.Provider.Ada);
        var page = await world.Visitor.OpenAsync(callback.Target.AbsoluteUri);

        Expect.Equal(307, callback.Status);
        Expect.Equal(TourWorld.ProtectedPage, callback.Target.AbsolutePath);
        Expect.True(callback.NewSession is not null, "no session cookie");
        Expect.Equal(200, page.Status);
        Expect.True(page.Body.Contains($"You are {world.Provider.Ada.Email}", StringComparison.Ordinal), page.Body);
        return $"the callback sets {Visitor.SessionCookie} and leads to {callback.Target.AbsolutePath}, whose page says: You are {world.Provider.Ada.Email}";
    }

    public static async Task<string> IsKnownUpstreamAsync(TourWorld world)
    {
        var reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);

        Expect.Equal(200, reply.Status);
        foreach (var (header, value) in world.Provider.Ada.Identity)
        {
            Expect.Equal(value, reply.Upstream(header), header);
        }

        return string.Join(", ", world.Provider.Ada.Identity.Select(header => $"{header.Key}: {header.Value}"));
    }

    public static async Task<string> SpoofedHeadersAreStrippedAsync(TourWorld world)
    {
        var reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage, Spoof.Headers);

        Expect.Equal(200, reply.Status);
        Spoof.ExpectNoneOf(reply);
        Expect.Equal(world.Provider.Ada.Id, reply.Upstream("x-auth-user-id"));
        Expect.Equal(Concealment.Of("x-workos-session", world.Visitor.Session ?? ""), reply.Upstream("x-workos-session"));
        return $"{Spoof.Headers.Length} forged headers gone, x-auth-user-id is {reply.Upstream("x-auth-user-id")}";
    }

    public static async Task<string> EndedSessionIsOverAsync(TourWorld world)
    {
        var sessionId = (await world.Visitor.FetchAsync(TourWorld.ProtectedPage)).Upstream("x-auth-session-id");
        Expect.True(sessionId is not null, "no session id");
        await world.Visitor.ReturnFromAsync(world.Provider.SignOutPage(sessionId ?? ""), world.Provider.Ada);
        await world.LetTokenExpireAsync();
        var reply = await world.Visitor.OpenAsync(TourWorld.ProtectedPage);

        Expect.Equal(307, reply.Status);
        Expect.Equal(world.Provider.SignInPage, reply.Target.GetLeftPart(UriPartial.Path));
        Expect.True(reply.DeletesSession, string.Join('\n', reply.SetCookies));
        Expect.Equal(null, world.Visitor.Session);
        return $"{sessionId} ended; 307 to sign-in, {Visitor.SessionCookie} deleted";
    }
}
