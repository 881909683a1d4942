using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>The cookies that app.example.com sets, to the letter.</summary>
internal static class Expected
{
    public const string SessionDeleted = "wos-session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure";

    public const string AccessTokenDeleted = "workos-access-token=; Path=/; SameSite=Lax; Max-Age=0; Secure; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

    public static string SessionSet(SealedSession session) => $"wos-session={session.Value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000; Secure";

    public static string AccessTokenSet(AccessToken token) => $"workos-access-token={token.Value}; Path=/; SameSite=Lax; Max-Age=30; Secure";

    public static string FlowSet(SealedState state) => $"{FlowCookie.Name(state)}={state.Value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure";

    public static string Returns(params IEnumerable<DateTimeOffset> at) =>
        $"wos-auth-returns={string.Join('.', at.Select(time => time.ToUnixTimeSeconds()))}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure";

    public static string FlowDeleted(string name) => $"{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure";
}
