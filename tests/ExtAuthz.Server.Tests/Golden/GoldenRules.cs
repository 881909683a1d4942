using System.Text.Json;
using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>Finds the rule for a recording; nothing here knows a recording by its name.</summary>
internal static class GoldenRules
{
    private static readonly string[] Ends = ["sso_required", "mfa_enrollment"];

    public static GoldenRule For(GoldenScenario scenario) => scenario switch
    {
        _ when RefusedSetting(scenario) is not null => GoldenRule.RefusedSetting,
        { Thrown: not null } => GoldenRule.GlobPattern,
        { IsCallback: true, Result: { } result } when result.GetProperty("status").GetInt32() >= 400 => GoldenRule.CallbackFailure,
        { IsCallback: true } => GoldenRule.AsRecorded,
        _ when scenario.ApiCalls.Where(GoldenProvider.IsJwks).Any(call => GoldenProvider.StatusOf(call.GetProperty("response")) is not 200) => GoldenRule.NoKeys,
        _ when !IsAlive(scenario) && RefreshAnswer(scenario) is { } answer && GoldenProvider.StatusOf(answer) is not 200 && !IsEnd(answer) => GoldenRule.ProviderFault,
        _ when IsAlive(scenario) && !IsTheUsers(scenario) => GoldenRule.NotTheUsersToken,
        _ => GoldenRule.AsRecorded,
    };

    /// <summary>The setting that we refuse to start with, where the reference goes on.</summary>
    public static string? RefusedSetting(GoldenScenario scenario)
    {
        if (scenario.Environment("WORKOS_COOKIE_MAX_AGE") is { } maxAge && !(int.TryParse(maxAge, out var seconds) && seconds > 0))
        {
            return "WORKOS_COOKIE_MAX_AGE";
        }

        return scenario.Environment("WORKOS_COOKIE_SAMESITE")?.ToUpperInvariant() is not (null or "LAX" or "STRICT" or "NONE") ? "WORKOS_COOKIE_SAMESITE" : null;
    }

    /// <summary>Whether the path needs a session under the recording's options.</summary>
    public static bool IsProtected(GoldenScenario scenario) =>
        scenario.Option("middlewareAuth") is { } protection
        && protection.GetProperty("enabled").GetBoolean()
        && !string.Equals(scenario.Url.AbsolutePath, new Uri(scenario.RedirectUri).AbsolutePath, StringComparison.Ordinal)
        && !new PathPatternSet(protection.GetProperty("unauthenticatedPaths").EnumerateArray()
            .Select(path => PathPattern.Parse(path.GetString()!, allowAllPaths: true)).OfType<PathPatternResult.Parsed>().Select(parsed => parsed.Pattern))
            .Matches(scenario.Url.AbsolutePath);

    /// <summary>The session that the request carries, as content; null without one.</summary>
    public static JsonElement? Session(GoldenScenario scenario) =>
        scenario.Request.GetProperty("cookies").TryGetProperty(scenario.Environment("WORKOS_COOKIE_NAME") ?? "wos-session", out var cookie)
        && cookie.ValueKind is JsonValueKind.Object && cookie.TryGetProperty("sealed", out var session)
        && session.TryGetProperty("accessToken", out var token) && token.ValueKind is JsonValueKind.Object
            ? session
            : null;

    public static JsonElement? RefreshAnswer(GoldenScenario scenario) =>
        scenario.ApiCalls.Where(call => !GoldenProvider.IsJwks(call)).Select(call => (JsonElement?)call.GetProperty("response")).FirstOrDefault();

    private static bool IsAlive(GoldenScenario scenario) =>
        Session(scenario) is { } session && session.GetProperty("accessToken").GetProperty("jwt") is var jwt
        && jwt.GetProperty("header").GetProperty("alg").GetString() is not "none"
        && jwt.GetProperty("claims").TryGetProperty("exp", out var exp)
        && (exp.ValueKind is JsonValueKind.Number || exp.GetString()!.StartsWith("@now+", StringComparison.Ordinal));

    private static bool IsTheUsers(GoldenScenario scenario) =>
        Session(scenario) is { } session && session.TryGetProperty("user", out var user) && user.ValueKind is JsonValueKind.Object
        && string.Equals(user.GetProperty("id").GetString(), session.GetProperty("accessToken").GetProperty("jwt").GetProperty("claims").GetProperty("sub").GetString(), StringComparison.Ordinal);

    private static bool IsEnd(JsonElement answer)
    {
        if (answer.ValueKind is not JsonValueKind.Object || answer.GetProperty("body") is not { ValueKind: JsonValueKind.Object } body)
        {
            return false;
        }

        var codes = new[] { "error", "code" }.Select(name => body.TryGetProperty(name, out var code) ? code.GetString() : null).ToList();
        return codes.Intersect(Ends).Any() || (answer.GetProperty("status").GetInt32() is 400 && codes.Contains("invalid_grant"));
    }
}
