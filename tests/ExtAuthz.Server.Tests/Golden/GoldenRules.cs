using System.Collections.Frozen;
using System.Text.Json;
using ExtAuthz.Domain.Routes;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>Finds the rule for a recording; nothing here knows a recording by its name.</summary>
internal static class GoldenRules
{
    private static readonly string[] Ends = ["sso_required", "mfa_enrollment"];
    private static readonly string[] FaultsOfOurs = ["invalid_client", "unauthorized_client"];

    public static GoldenRule For(GoldenScenario scenario) => scenario switch
    {
        _ when RefusedSetting(scenario) is not null => GoldenRule.RefusedSetting,
        { Kind: GoldenKind.SignIn or GoldenKind.SignOut } => GoldenRule.AsRecorded,
        { Kind: GoldenKind.SwitchOrganization } => SwitchRule(scenario.ApiCalls.Last(call => !GoldenProvider.IsJwks(call)).GetProperty("response")),
        { Thrown: not null } => GoldenRule.GlobPattern,
        { Kind: GoldenKind.Callback, Result: { } result } when result.GetProperty("status").GetInt32() >= 400 => GoldenRule.CallbackFailure,
        { Kind: GoldenKind.Callback } => GoldenRule.AsRecorded,
        _ when scenario.ApiCalls.Where(GoldenProvider.IsJwks).Any(call => GoldenProvider.StatusOf(call.GetProperty("response")) is not 200) => GoldenRule.NoKeys,
        _ when !IsAlive(scenario) && RefreshAnswer(scenario) is { } answer && !BringsTokens(answer) && !IsEnd(answer) => GoldenRule.ProviderFault,
        _ when IsAlive(scenario) && !IsTheUsers(scenario) => GoldenRule.NotTheUsersToken,
        _ when Token(scenario) is { } token && RefreshAnswer(scenario) is null && IsRefusedHere(token) => GoldenRule.StricterToken,
        _ => GoldenRule.AsRecorded,
    };

    /// <summary>The setting that we refuse to start with, where the reference goes on or fails each request.</summary>
    public static string? RefusedSetting(GoldenScenario scenario)
    {
        var isHttp = scenario.PublicOrigin.StartsWith("http:", StringComparison.Ordinal) && !new Uri(scenario.PublicOrigin).IsLoopback;
        var domain = scenario.Environment("WORKOS_COOKIE_DOMAIN")?.TrimStart('.');
        return scenario switch
        {
            { RedirectUri: "" } => "RedirectUri",
            _ when scenario.Written("WORKOS_COOKIE_PASSWORD") is { Length: < 32 } => "WORKOS_COOKIE_PASSWORD",
            _ when scenario.Environment("WORKOS_COOKIE_MAX_AGE") is { } maxAge && !(int.TryParse(maxAge, out var seconds) && seconds > 0) => "WORKOS_COOKIE_MAX_AGE",
            _ when scenario.Environment("WORKOS_COOKIE_SAMESITE")?.ToUpperInvariant() is not (null or "LAX" or "STRICT" or "NONE") => "WORKOS_COOKIE_SAMESITE",
            _ when scenario.Environment("WORKOS_COOKIE_SAMESITE")?.ToUpperInvariant() is "NONE" && isHttp => "WORKOS_COOKIE_SAMESITE",
            _ when domain is not null && !$".{new Uri(scenario.PublicOrigin).Host}".EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase) => "WORKOS_COOKIE_DOMAIN",
            _ when Patterns(scenario, "unauthenticatedPaths").Any(IsRefused) => "UnauthenticatedPaths",
            _ when Patterns(scenario, "signUpPaths").Any(IsRefused) => "SignUpPaths",
            _ when scenario.Option("returnPathname")?.GetString() is { } path && ReturnPath.From(path, scenario.PublicOrigin, FrozenSet<string>.Empty).Value != path => "ReturnPathname",
            _ => null,
        };
    }

    /// <summary>Whether what the recording asks for needs a session under its options.</summary>
    public static bool IsProtected(GoldenScenario scenario) => scenario.IsChange || (
        scenario.Option("middlewareAuth") is { } protection
        && protection.GetProperty("enabled").GetBoolean()
        && !string.Equals(scenario.Url.AbsolutePath, new Uri(scenario.RedirectUri).AbsolutePath, StringComparison.Ordinal)
        && !new PathPatternSet(Patterns(scenario, "unauthenticatedPaths")
            .Select(path => PathPattern.Parse(path, allowAllPaths: true)).OfType<PathPatternResult.Parsed>().Select(parsed => parsed.Pattern))
            .Matches(scenario.Url.AbsolutePath));

    /// <summary>G17: whether the provider was asked although the token was alive, and for no other reason.</summary>
    public static bool IsRefreshedAhead(GoldenScenario scenario) =>
        For(scenario) is GoldenRule.AsRecorded
        && scenario.Kind is not (GoldenKind.Callback or GoldenKind.SignIn or GoldenKind.SignOut or GoldenKind.SwitchOrganization)
        && IsAlive(scenario) && IsTheUsers(scenario) && RefreshAnswer(scenario) is not null;

    /// <summary>The session that the request carries, as content; null without one.</summary>
    public static JsonElement? Session(GoldenScenario scenario) =>
        scenario.Request.GetProperty("cookies").TryGetProperty(scenario.Environment("WORKOS_COOKIE_NAME") ?? "wos-session", out var cookie)
        && cookie.ValueKind is JsonValueKind.Object && cookie.TryGetProperty("sealed", out var session)
        && session.TryGetProperty("accessToken", out var token) && token.ValueKind is JsonValueKind.Object
            ? session
            : null;

    public static JsonElement? RefreshAnswer(GoldenScenario scenario) =>
        scenario.ApiCalls.Where(call => !GoldenProvider.IsJwks(call)).Select(call => (JsonElement?)call.GetProperty("response")).FirstOrDefault();

    private static JsonElement? Token(GoldenScenario scenario) => Session(scenario)?.GetProperty("accessToken").GetProperty("jwt");

    private static bool IsAlive(GoldenScenario scenario) =>
        Token(scenario) is { } token
        && GoldenFile.Instance.IsPublished(token.GetProperty("signedBy").GetString()!, token.GetProperty("header").TryGetProperty("kid", out var kid) ? kid.GetString() : null)
        && !IsRefusedHere(token)
        && Seconds(token, "exp") > GoldenFile.Instance.Now.ToUnixTimeSeconds();

    /// <summary>Rules T1 to T9 that recordings can touch: no end, a life of more than a day, an issuer that is not WorkOS.</summary>
    private static bool IsRefusedHere(JsonElement token)
    {
        var claims = token.GetProperty("claims");
        return Seconds(token, "exp") is not { } end
            || end - (Seconds(token, "iat") ?? GoldenFile.Instance.Now.ToUnixTimeSeconds()) > TimeSpan.FromDays(1).TotalSeconds
            || !(claims.TryGetProperty("iss", out var issuer) && issuer.GetString()!.StartsWith("https://api.workos.com", StringComparison.Ordinal));
    }

    private static long? Seconds(JsonElement token, string claim) => token.GetProperty("claims").TryGetProperty(claim, out var value) ? GoldenValues.Seconds(value) : null;

    private static IEnumerable<string> Patterns(GoldenScenario scenario, string option)
    {
        var holder = option is "unauthenticatedPaths" ? scenario.Option("middlewareAuth") : scenario.Options;
        return holder is { } given && given.TryGetProperty(option, out var paths) ? paths.EnumerateArray().Select(path => path.GetString()!) : [];
    }

    /// <summary>The provider's last answer decides a switch.</summary>
    private static GoldenRule SwitchRule(JsonElement answer)
    {
        if (BringsTokens(answer) || RedirectOf(answer) is not null)
        {
            return GoldenRule.AsRecorded;
        }

        var codes = CodesOf(answer);
        return codes.Intersect(Ends).Any() ? GoldenRule.SwitchNeedsSignIn
            : codes.Count > 0 && !codes.Intersect(FaultsOfOurs).Any() && GoldenProvider.StatusOf(answer) is >= 400 and < 500 and not (401 or 408 or 429) ? GoldenRule.SwitchRefused
            : GoldenRule.ProviderFault;
    }

    /// <summary>Where the provider would have the browser go instead of refreshing.</summary>
    public static string? RedirectOf(JsonElement answer) =>
        answer is { ValueKind: JsonValueKind.Object } && answer.GetProperty("body") is { ValueKind: JsonValueKind.Object } body
        && body.TryGetProperty("authkit_redirect_url", out var url) && url.GetString() is { } address && address.StartsWith("https://", StringComparison.Ordinal) ? address : null;

    private static bool IsRefused(string pattern) => PathPattern.Parse(pattern, allowAllPaths: true) is PathPatternResult.Invalid;

    private static bool BringsTokens(JsonElement answer) =>
        GoldenProvider.StatusOf(answer) is 200 && answer.GetProperty("body") is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("access_token", out _);

    private static bool IsTheUsers(GoldenScenario scenario) =>
        Session(scenario) is { } session && session.TryGetProperty("user", out var user) && user.ValueKind is JsonValueKind.Object
        && string.Equals(user.GetProperty("id").GetString(), session.GetProperty("accessToken").GetProperty("jwt").GetProperty("claims").GetProperty("sub").GetString(), StringComparison.Ordinal);

    private static bool IsEnd(JsonElement answer) =>
        CodesOf(answer) is var codes && (codes.Intersect(Ends).Any() || (GoldenProvider.StatusOf(answer) is 400 && codes.Contains("invalid_grant")));

    private static List<string> CodesOf(JsonElement answer) => answer.ValueKind is JsonValueKind.Object && answer.GetProperty("body") is { ValueKind: JsonValueKind.Object } body
        ? [.. new[] { "error", "code" }.Select(name => body.TryGetProperty(name, out var code) ? code.GetString() : null).OfType<string>()]
        : [];
}
