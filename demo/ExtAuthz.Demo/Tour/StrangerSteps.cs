using System.Text.Json.Nodes;

namespace ExtAuthz.Demo.Tour;

/// <summary>What someone without a session meets.</summary>
internal static class StrangerSteps
{
    public static async Task<string> IsSentToSignInAsync(TourWorld world)
    {
        var reply = await world.Visitor.OpenAsync(TourWorld.ProtectedPage);

        Expect.Equal(307, reply.Status);
        Expect.Equal(world.Provider.SignInPage, reply.Target.GetLeftPart(UriPartial.Path));
        var cookie = reply.SetCookies.Single().Split('=')[0];
        Expect.True(cookie.StartsWith(Visitor.FlowCookie, StringComparison.Ordinal), cookie);
        return $"307 to {reply.Target.GetLeftPart(UriPartial.Path)}, the state in the cookie {cookie}";
    }

    public static async Task<string> ScriptIsToldAsync(TourWorld world)
    {
        var reply = await world.Visitor.FetchAsync(TourWorld.ProtectedPage);

        Expect.Equal(401, reply.Status);
        Expect.Equal(0, reply.SetCookies.Length);
        Expect.Equal("unauthenticated", JsonNode.Parse(reply.Body)?["error"]?.GetValue<string>());
        return $"401 {reply.Body}, no cookie";
    }

    public static async Task<string> IsSentToSignUpAsync(TourWorld world)
    {
        using var stranger = world.NewVisitor();
        var reply = await stranger.OpenAsync("/sign-up-here");

        Expect.Equal(307, reply.Status);
        Expect.True(reply.Target.Query.Contains("screen_hint=sign-up", StringComparison.Ordinal), reply.Target);
        return "307 with screen_hint=sign-up";
    }

    public static async Task<string> SeesPublicPageAsync(TourWorld world)
    {
        var reply = await world.Visitor.FetchAsync(TourWorld.PublicPage, Spoof.Headers);

        Expect.Equal(200, reply.Status);
        Spoof.ExpectNoneOf(reply);
        Expect.Equal(null, reply.Upstream("x-auth-user-id"));
        return $"200, {Spoof.Headers.Length} forged headers gone, no identity";
    }
}
