using System.Text.Json;
using System.Web;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>What a recorded helper of the reference was asked for. A recording does not tell its arguments, but what became of them.</summary>
internal sealed class GoldenHelper(GoldenScenario scenario)
{
    private static readonly string[] Wishes = ["login_hint", "organization_id", "prompt"];
    private static readonly string[] OrdinaryParameters = [.. Wishes, "client_id", "code_challenge", "code_challenge_method", "provider", "redirect_uri", "response_type", "screen_hint", "state"];
    private static readonly string[] OrdinaryState = ["nonce", "codeVerifier", "returnPathname"];

    public GoldenKind Kind => scenario switch
    {
        _ when OrganizationId is not null => GoldenKind.SwitchOrganization,
        _ when DeletesSession => GoldenKind.SignOut,
        _ when SignInUrl is { } url && IsOrdinary(url) && scenario.Session is null && (scenario.Thrown is null || PageUrl is not null) => GoldenKind.SignIn,
        _ => GoldenKind.Elsewhere,
    };

    /// <summary>The organisation of a refresh; a helper that names one forces it, as our endpoint does.</summary>
    public string? OrganizationId => scenario.ApiCalls
        .Where(call => !GoldenProvider.IsJwks(call) && call.GetProperty("body") is { ValueKind: JsonValueKind.Object } body && Text(body, "grant_type") is "refresh_token")
        .Select(call => Text(call.GetProperty("body"), "organization_id")).FirstOrDefault();

    /// <summary>Where the redirect that the helper threw leads; null when it threw an error, or nothing.</summary>
    public JsonElement? Redirect => scenario.Thrown is { ValueKind: JsonValueKind.Object } thrown && thrown.TryGetProperty("redirect", out var redirect) ? redirect : null;

    /// <summary>The provider's sign-in page, when that is where it leads or the address that it gave.</summary>
    public JsonElement? SignInUrl => (Redirect ?? Member(scenario.Result, "url")) is { ValueKind: JsonValueKind.Object } url && Text(url, "base")!.EndsWith("/authorize", StringComparison.Ordinal) ? url : null;

    /// <summary>Whether the redirect ends the session at the provider.</summary>
    public bool LeadsToLogout => Redirect is { } redirect && new Uri(new Uri(scenario.PublicOrigin), Base(redirect)).AbsolutePath.EndsWith("/sessions/logout", StringComparison.Ordinal);

    /// <summary>Where the helper was to return to, as it was told; null when it does not show.</summary>
    public string? ReturnTo => Redirect is not { } redirect ? null
        : LeadsToLogout ? Parameter(redirect, "return_to")
        : redirect.ValueKind is JsonValueKind.String ? redirect.GetString() : null;

    /// <summary>The page that the middleware of the reference told the helper it stands on.</summary>
    public Uri? PageUrl => scenario.Header("x-url") is { } url ? new Uri(url) : null;

    /// <summary>The paths for sign-up, as the middleware of the reference told the helper.</summary>
    public IEnumerable<string> SignUpPaths => scenario.IsHelper && scenario.Header("x-sign-up-paths") is { } paths ? paths.Split(',') : [];

    /// <summary>The same wish as a request to our service: a page, or one of our endpoints with a query.</summary>
    public string Target => scenario.Kind switch
    {
        GoldenKind.SignOut => "/sign-out" + Query([("return_to", ReturnTo)]),
        GoldenKind.SwitchOrganization => "/switch-organization" + Query([("organization_id", OrganizationId), ("return_to", ReturnTo)]),
        GoldenKind.SignIn when scenario.Thrown is not null => PageUrl!.PathAndQuery, // the kind says so
        GoldenKind.SignIn => Parameter(SignInUrl!.Value, "screen_hint") is "sign-up" ? "/sign-up" + SignInQuery : "/sign-in" + SignInQuery, // the kind says so
        _ => scenario.Url.PathAndQuery,
    };

    /// <summary>A parameter of an address, which recordings give as text or in parts.</summary>
    public static string? Parameter(JsonElement address, string name) => address.ValueKind is JsonValueKind.String
        ? HttpUtility.ParseQueryString(Base(address).Split('?', 2) is [_, var query] ? query : "")[name]
        : Pairs(address).Where(pair => pair.Name == name && pair.Value.ValueKind is JsonValueKind.String).Select(pair => pair.Value.GetString()).FirstOrDefault();

    private string SignInQuery => Query(
    [
        ("return_to", State(SignInUrl!.Value) is { } state ? Text(state, "returnPathname") : null),
        .. Wishes.Select(name => (name, Parameter(SignInUrl!.Value, name))),
    ]);

    private bool DeletesSession => scenario.Thrown is not null
        && scenario.StoredCookies.Any(cookie => Text(cookie, "name") == scenario.CookieName && cookie.GetProperty("value") is { ValueKind: JsonValueKind.String } value && value.GetString() is "");

    private bool IsOrdinary(JsonElement url) =>
        Pairs(url).All(pair => OrdinaryParameters.Contains(pair.Name)) && Parameter(url, "redirect_uri") == scenario.RedirectUri
        && State(url) is { } state && state.EnumerateObject().All(member => OrdinaryState.Contains(member.Name));

    private static JsonElement? State(JsonElement url) => Pairs(url).Where(pair => pair.Name is "state").Select(pair => Member(pair.Value, "sealed")).FirstOrDefault();

    private static IEnumerable<(string Name, JsonElement Value)> Pairs(JsonElement url) => url.GetProperty("queryInOrder").EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1]));

    private static string Base(JsonElement address) => address.ValueKind is JsonValueKind.String ? address.GetString()! : Text(address, "base")!;

    private static JsonElement? Member(JsonElement? parent, string name) => parent is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string Query(IEnumerable<(string Name, string? Value)> parameters) =>
        string.Join('&', parameters.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}")) is { Length: > 0 } query ? "?" + query : "";
}
