using System.Text.Json;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Domain.Tests.Headers;

/// <summary>Cookies as AuthKit writes them and as Next.js reads them (fixtures/misc.json).</summary>
public sealed class MiscConformanceTests
{
    private static readonly JsonDocument Recorded = FixtureFolder.Open("fixtures/misc.json");
    private static readonly IReadOnlyList<JsonElement> Configurations = Recorded.RootElement.Items("cookieAttributes");
    private static readonly IReadOnlyList<JsonElement> FlowNames = Recorded.RootElement.Items("pkceCookieNames");
    private static readonly IReadOnlyList<JsonElement> Headers = Recorded.RootElement.GetProperty("cookieHeaderParsing").Items("rows");

    public static TheoryData<int> ConfigurationCases() => [.. Enumerable.Range(0, Configurations.Count)];

    public static TheoryData<int> FlowNameCases() => [.. Enumerable.Range(0, FlowNames.Count)];

    public static TheoryData<int> HeaderCases() => [.. Enumerable.Range(0, Headers.Count)];

    [Theory]
    [MemberData(nameof(ConfigurationCases))]
    public void Cookies_have_the_attributes_of_the_reference(int index)
    {
        foreach (var row in Configurations[index].Items("rows"))
        {
            string Text(string name) => row.GetProperty(name).GetString()!;
            ShouldWriteTheTokenCookie(Text("jwtCookie"), Text("jwtCookieExpired"));
            if (Settings(Configurations[index].GetProperty("env"), Text("sessionString")) is not { } settings)
            {
                continue; // an unknown SameSite: the reference throws when it sets a cookie, our configuration refuses it at start
            }

            SetCookie.Session(settings, new SealedSession("SEAL")).ShouldBe($"name=SEAL; {Text("sessionString")}");
            SetCookie.ExpiredSession(settings).ShouldBe($"name=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; {Text("sessionExpiredString")}");
            if (settings.MaxAge >= TimeSpan.Zero) // the reference lets a negative age of the session leak into the cookie of a sign-in
            {
                SetCookie.Flow(settings, FlowCookie.AuthKitName(new SealedState("a")), new SealedState("a"), TimeSpan.FromMinutes(10)).ShouldBe($"wos-auth-verifier-e40c292c=a; {Text("pkceString")}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(FlowNameCases))]
    public void The_cookie_of_a_sign_in_is_named_by_its_state(int index)
    {
        var name = FlowCookie.AuthKitName(new SealedState(FlowNames[index].GetProperty("state").GetString()!));

        name.ShouldBe(FlowNames[index].GetProperty("cookieName").GetString());
        FlowCookie.IsFlowCookie(name).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(HeaderCases))]
    public void Cookies_are_read_as_Next_reads_them_unless_a_rule_of_ours_says_otherwise(int index)
    {
        var header = Headers[index].GetProperty("header").GetString()!;
        var pieces = header.Split(';').Select(piece => piece.Trim(' ', '\t')).Where(piece => piece.Contains('=', StringComparison.Ordinal)).ToList();
        foreach (var cookie in Headers[index].GetProperty("parsed").EnumerateArray())
        {
            // Ours: the names are trimmed on their left, the values on their right, and only by SP and HTAB.
            var name = cookie.GetProperty("name").GetString()!.TrimStart(' ', '\t');
            var raw = pieces.Where(piece => piece.StartsWith($"{name}=", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count();
            var value = new CookieHeader([header]).Value(name);

            // Ours: a piece without "=" is no cookie, and of several that disagree none is believed.
            value.ShouldBe(raw == 1 ? cookie.GetProperty("value").GetString()!.TrimEnd(' ', '\t') : null);
        }
    }

    // Secure is ours to configure: the reference derives it from the URL of each request, which a proxy must not believe.
    private static SessionCookieSettings? Settings(JsonElement env, string recorded)
    {
        string? Env(string name) => env.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;
        return Enum.TryParse<SameSite>(Env("WORKOS_COOKIE_SAMESITE") ?? "Lax", ignoreCase: true, out var sameSite)
            ? new SessionCookieSettings("name", Env("WORKOS_COOKIE_DOMAIN"), MaxAge(Env("WORKOS_COOKIE_MAX_AGE")), sameSite, sameSite is not SameSite.None && recorded.EndsWith("; Secure", StringComparison.Ordinal))
            : null;
    }

    // JavaScript's parseInt, with the default of 400 days.
    private static TimeSpan MaxAge(string? text)
    {
        var digits = string.Concat((text ?? "").TakeWhile((c, i) => char.IsAsciiDigit(c) || (i == 0 && c is '-' or '+')));
        return TimeSpan.FromSeconds(int.TryParse(digits, out var seconds) ? seconds : 34_560_000);
    }

    // Ours: Path=/ comes first; without it the browser would keep one such cookie for each directory.
    private static void ShouldWriteTheTokenCookie(string recorded, string recordedExpired)
    {
        var secure = recorded.EndsWith("; Secure", StringComparison.Ordinal);
        SetCookie.AccessToken(new AccessToken("TOKEN"), secure).ShouldBe(recorded.Replace("; SameSite", "; Path=/; SameSite", StringComparison.Ordinal));
        SetCookie.ExpiredAccessToken(secure).ShouldBe(recordedExpired.Replace("; SameSite", "; Path=/; SameSite", StringComparison.Ordinal));
    }
}
