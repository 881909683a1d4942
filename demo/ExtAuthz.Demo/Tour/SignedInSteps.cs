using ExtAuthz.Demo.Upstream;
using ExtAuthz.FakeWorkOS.Accounts;

namespace ExtAuthz.Demo.Tour;

/// <summary>From sign-in to the end of the session.</summary>
internal static class SignedInSteps
{
    public static async Task<string> SignsInAsync(TourWorld world)
    {
        var signIn = await world.Visitor.OpenAsync(TourWorld.ProtectedPage);
        var callbackAddress = await world.Visitor.ChooseUserAsync(signIn.Target, SampleAccounts.Ada.Id);
        var callback = await world.Visitor.OpenAsync(callbackAddress.AbsoluteUri);
        var page = await world.Visitor.OpenAsync(callback.Target.AbsoluteUri);

        Expect.Equal(307, callback.Status);
        Expect.Equal(TourWorld.ProtectedPage, callback.Target.AbsolutePath);
        Expect.True(callback.NewSession is not null, "no session cookie");
        Expect.Equal(200, page.Status);
        Expect.True(page.Body.Contains($"You are {SampleAccounts.Ada.Email}", StringComparison.Ordinal), page.Body);
        return $"the callback sets {Visitor.SessionCookie} and leads to {callback.Target.AbsolutePath}, whose page says: You are {SampleAccounts.Ada.Email}";
    }

    public static async Task<string> IsKnownUpstreamAsync(TourWorld world)
    {
        var reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);

        Expect.Equal(200, reply.Status);
        var (ada, membership) = (SampleAccounts.Ada, SampleAccounts.Ada.Memberships[0]);
        Expect.Equal(ada.Id, reply.Upstream("x-auth-user-id"));
        Expect.Equal(ada.Email, reply.Upstream("x-auth-email"));
        Expect.Equal(membership.OrganizationId, reply.Upstream("x-auth-org-id"));
        Expect.Equal(membership.Role, reply.Upstream("x-auth-role"));
        Expect.Equal(string.Join(',', membership.Permissions), reply.Upstream("x-auth-permissions"));
        return $"{ada.Id}, {ada.Email}, {membership.Role} of {membership.OrganizationId}, may {reply.Upstream("x-auth-permissions")}";
    }

    public static async Task<string> SpoofedHeadersAreStrippedAsync(TourWorld world)
    {
        var reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage, Spoof.Headers);

        Expect.Equal(200, reply.Status);
        Spoof.ExpectNoneOf(reply);
        Expect.Equal(SampleAccounts.Ada.Id, reply.Upstream("x-auth-user-id"));
        Expect.Equal(Concealment.Of("x-workos-session", world.Visitor.Session ?? ""), reply.Upstream("x-workos-session"));
        return $"{Spoof.Headers.Length} forged headers gone, x-auth-user-id is {reply.Upstream("x-auth-user-id")}";
    }

    public static async Task<string> EndedSessionIsOverAsync(TourWorld world)
    {
        var sessionId = (await world.Visitor.FetchAsync(TourWorld.ProtectedPage)).Upstream("x-auth-session-id");
        await world.Visitor.OpenAsync($"{world.Demonstration.ProviderAddress}/user_management/sessions/logout?session_id={sessionId}");
        world.LetTokenExpire();
        var reply = await world.Visitor.OpenAsync(TourWorld.ProtectedPage);

        Expect.Equal(307, reply.Status);
        Expect.Equal("/user_management/authorize", reply.Target.AbsolutePath);
        Expect.True(reply.DeletesSession, string.Join('\n', reply.SetCookies));
        Expect.Equal(null, world.Visitor.Session);
        return $"{sessionId} ended; 307 to sign-in, {Visitor.SessionCookie} deleted";
    }
}
