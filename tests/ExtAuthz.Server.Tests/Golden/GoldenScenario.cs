using System.Text.Json;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>One recording: a request, the options of the reference, and what it answered.</summary>
internal sealed class GoldenScenario(JsonElement scenario)
{
    private const string DefaultRedirectUri = "https://app.example.com/callback";

    public string Name => Text("name");

    public JsonElement Request => scenario.GetProperty("request");

    public JsonElement Options => scenario.GetProperty("options");

    public JsonElement? Result => Find("result");

    public JsonElement? Thrown => Find("thrown");

    public IReadOnlyList<JsonElement> ApiCalls => [.. scenario.GetProperty("apiCalls").EnumerateArray()];

    public Uri Url => new(Request.GetProperty("url").GetString()!); // every request has one

    /// <summary>What browsers call the site: the reference's baseURL says so where the request does not.</summary>
    public string PublicOrigin => (Option("baseURL")?.GetString() is { Length: > 0 } given ? new Uri(given) : Url).GetLeftPart(UriPartial.Authority);

    public string RedirectUri => Option("redirectUri")?.GetString() is { Length: > 0 } given ? given : Written("NEXT_PUBLIC_WORKOS_REDIRECT_URI") ?? DefaultRedirectUri;

    /// <summary>What of ours answers it.</summary>
    public GoldenKind Kind => Text("api") switch
    {
        _ when Environment("WORKOS_CLAIM_TOKEN") is not null => GoldenKind.Elsewhere,
        "proxy" => GoldenKind.Proxy,
        "authkit" => GoldenKind.Composable,
        _ when IsCallbackPath && Result is { } result && result.TryGetProperty("status", out _) => GoldenKind.Callback,
        _ => Helper.Kind,
    };

    public GoldenHelper Helper => new(this);

    public bool IsHelper => Kind is GoldenKind.SignIn || IsChange;

    /// <summary>Whether the request changes a session, as a server action does.</summary>
    public bool IsChange => Kind is GoldenKind.SignOut or GoldenKind.SwitchOrganization;

    /// <summary>Whether an endpoint of ours answers in the helper's place.</summary>
    public bool IsOurEndpoint => IsChange || (IsHelper && Thrown is null);

    public string CookieName => Environment("WORKOS_COOKIE_NAME") ?? "wos-session";

    /// <summary>The session of the request, as the browser has it or as the reference's middleware hands it to a helper.</summary>
    public JsonElement? Session =>
        Request.GetProperty("cookies").TryGetProperty(CookieName, out var cookie) ? cookie
        : Request.GetProperty("headers").TryGetProperty("x-workos-session", out var forwarded) ? forwarded
        : null;

    /// <summary>The cookies that a helper left in Next's cookie store.</summary>
    public IReadOnlyList<JsonElement> StoredCookies =>
        [.. (Find("cookieStoreSetCookie") ?? (Result is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty("cookieStoreSetCookie", out var stored) ? stored : null))?.EnumerateArray() ?? []];

    public DateTimeOffset? StateExpiry => Kind is GoldenKind.Callback && State is { } state && state.Split('*') is { Length: 8 } fields && long.TryParse(fields[5], out var end)
        ? DateTimeOffset.FromUnixTimeMilliseconds(end)
        : null;

    public string? State => System.Web.HttpUtility.ParseQueryString(Url.Query)["state"];

    public IEnumerable<KeyValuePair<string, string?>> EnvironmentVariables => scenario.GetProperty("env").EnumerateObject()
        .Select(variable => KeyValuePair.Create(variable.Name, variable.Value.GetString()));

    public JsonElement? Option(string name) => Options.TryGetProperty(name, out var option) ? option : null;

    public string? Environment(string name) => Written(name) is { Length: > 0 } value ? value : null;

    /// <summary>A variable as it is written, empty ones too.</summary>
    public string? Written(string name) => EnvironmentVariables.FirstOrDefault(variable => variable.Key == name).Value;

    public string? Header(string name) => Request.GetProperty("headers").TryGetProperty(name, out var header) ? header.GetString() : null;

    public override string ToString() => $"{Text("group")}: {Name}";

    private bool IsCallbackPath => Uri.TryCreate(RedirectUri, UriKind.Absolute, out var callback) && string.Equals(Url.AbsolutePath, callback.AbsolutePath, StringComparison.Ordinal);

    private JsonElement? Find(string name) => scenario.TryGetProperty(name, out var element) ? element : null;

    private string Text(string name) => scenario.GetProperty(name).GetString()!; // every recording has these
}
