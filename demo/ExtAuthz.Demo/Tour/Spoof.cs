namespace ExtAuthz.Demo.Tour;

/// <summary>Headers by which a client tries to be someone.</summary>
internal static class Spoof
{
    private const string Forged = "forged";

    /// <summary>Names in several spellings that an upstream may take for ours, one of them twice.</summary>
    public static readonly (string Name, string Value)[] Headers =
    [
        ("x-auth-user-id", Forged),
        ("X-Auth-User-Id", Forged),
        ("X_Auth_User_Id", Forged),
        ("x-auth-role", Forged),
        ("x.auth.role", Forged),
        ("x-auth-not-invented-yet", Forged),
        ("x-workos-session", Forged),
        ("x-workos-middleware", Forged),
        ("x-url", Forged),
    ];

    /// <summary>Holds if no forged value, and no name in another spelling, reached the upstream.</summary>
    public static void ExpectNoneOf(Reply reply)
    {
        foreach (var (name, _) in Headers)
        {
            if (reply.Upstream(name.ToLowerInvariant()) is { } seen && seen.Contains(Forged, StringComparison.Ordinal))
            {
                throw new UnmetExpectationException($"no client's {name} upstream", seen);
            }
        }

        Expect.Equal(null, reply.Upstream("x_auth_user_id"));
        Expect.Equal(null, reply.Upstream("x.auth.role"));
    }
}
