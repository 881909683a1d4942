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

    /// <summary>Whether the environment is one that WorkOS has lent and nobody has claimed: a convenience of its command line that we do not offer.</summary>
    public bool IsUnclaimed => Environment("WORKOS_CLAIM_TOKEN") is not null;

    /// <summary>The reference's own middleware, or the function it is made of; both answer a request.</summary>
    public bool IsProxy => Text("api") is "proxy";

    public bool IsComposable => Text("api") is "authkit";

    /// <summary>The handler of the callback route.</summary>
    public bool IsCallback => !IsProxy && !IsComposable && Result is { } result && result.TryGetProperty("status", out _)
        && Uri.TryCreate(RedirectUri, UriKind.Absolute, out var callback)
        && string.Equals(Url.AbsolutePath, callback.AbsolutePath, StringComparison.Ordinal);

    /// <summary>Sign-out and organisation switch end in a redirect that the helper throws, or in a failed refresh. They are answered by endpoints yet to come.</summary>
    public bool IsSignOutOrSwitch => !IsProxy && !IsComposable && !IsCallback && Thrown is { } thrown
        && (thrown.ValueKind is JsonValueKind.String || (thrown.TryGetProperty("redirect", out var to) && (to.ValueKind is JsonValueKind.String || LeadsToLogout(to))));

    public DateTimeOffset? StateExpiry => IsCallback && State is { } state && state.Split('*') is { Length: 8 } fields && long.TryParse(fields[5], out var end)
        ? DateTimeOffset.FromUnixTimeMilliseconds(end)
        : null;

    public string? State => System.Web.HttpUtility.ParseQueryString(Url.Query)["state"];

    public IEnumerable<KeyValuePair<string, string?>> EnvironmentVariables => scenario.GetProperty("env").EnumerateObject()
        .Select(variable => KeyValuePair.Create(variable.Name, variable.Value.GetString()));

    public JsonElement? Option(string name) => Options.TryGetProperty(name, out var option) ? option : null;

    public string? Environment(string name) => Written(name) is { Length: > 0 } value ? value : null;

    /// <summary>A variable as it is written, empty ones too.</summary>
    public string? Written(string name) => EnvironmentVariables.FirstOrDefault(variable => variable.Key == name).Value;

    public override string ToString() => $"{Text("group")}: {Name}";

    private static bool LeadsToLogout(JsonElement to) => to.TryGetProperty("base", out var address) && address.GetString()!.EndsWith("/logout", StringComparison.Ordinal);

    private JsonElement? Find(string name) => scenario.TryGetProperty(name, out var element) ? element : null;

    private string Text(string name) => scenario.GetProperty(name).GetString()!; // every recording has these
}
