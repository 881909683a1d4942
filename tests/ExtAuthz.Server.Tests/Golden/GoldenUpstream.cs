using System.Text.Json;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>What the upstream of a replayed recording learns of the user.</summary>
internal static class GoldenUpstream
{
    public static void ShouldBeAnonymous(GoldenReplay replay)
    {
        replay.Answer.IsAllowed().ShouldBeTrue();
        replay.Answer.Upstream("x-workos-session").ShouldBeNull();
        replay.Answer.Upstream("x-auth-user-id").ShouldBeNull();
    }

    /// <summary>The function that the middleware is made of returns a session; ours goes to the upstream.</summary>
    public static void ShouldHaveSession(JsonElement result, GoldenReplay replay)
    {
        replay.Answer.IsAllowed().ShouldBeTrue();
        var session = result.GetProperty("session");
        if (session.GetProperty("user").ValueKind is JsonValueKind.Null)
        {
            ShouldBeAnonymous(replay);
            return;
        }

        var forwarded = replay.Values.Open(replay.Answer.Upstream("x-workos-session")!)!;
        forwarded["accessToken"]!.GetValue<string>().ShouldBe(replay.Values.Text(session.GetProperty("accessToken")));
        GoldenCookie.TextOf(forwarded["user"]).ShouldBe(GoldenCookie.TextOf(replay.Values.Content(session.GetProperty("user"))));
        foreach (var (member, header) in new[] { ("sessionId", "x-auth-session-id"), ("organizationId", "x-auth-org-id"), ("role", "x-auth-role"), ("roles", "x-auth-roles"), ("permissions", "x-auth-permissions"), ("entitlements", "x-auth-entitlements"), ("featureFlags", "x-auth-feature-flags") })
        {
            replay.Answer.Upstream(header).ShouldBe(session.TryGetProperty(member, out var claim) ? Joined(claim) : null, header);
        }
    }

    public static void ShouldHaveHeaders(JsonElement recorded, GoldenReplay replay)
    {
        foreach (var name in new[] { "x-workos-middleware", "x-url", "x-redirect-uri", "x-sign-up-paths" })
        {
            replay.Answer.Upstream(name).ShouldBe(recorded.TryGetProperty(name, out var value) ? value.GetString() : null, name);
        }

        var forwarded = replay.Answer.Upstream("x-workos-session");
        (forwarded is not null).ShouldBe(recorded.TryGetProperty("x-workos-session", out var session));
        if (forwarded is not null)
        {
            GoldenCookie.Normal(replay.Values.Open(forwarded)).ShouldBe(GoldenCookie.Normal(replay.Values.Content(session.GetProperty("sealed"))));
        }

        // Deviation G7: after a refresh the upstream's cookie is the new one.
        var newSeal = replay.Answer.SetCookies().Select(cookie => cookie.Split(';')[0]).FirstOrDefault(cookie => forwarded is not null && cookie.EndsWith($"={forwarded}", StringComparison.Ordinal));
        replay.Answer.Upstream("cookie").ShouldBe(newSeal);
    }

    private static string? Joined(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.Array when claim.GetArrayLength() > 0 => string.Join(',', claim.EnumerateArray().Select(item => item.GetString())),
        JsonValueKind.String => claim.GetString(),
        _ => null,
    };
}
