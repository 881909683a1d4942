using System.Text.Json;
using System.Text.Json.Nodes;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>A <c>set-cookie</c>, opened for comparison: name, content and attributes.</summary>
internal sealed record GoldenCookie(string Name, string Content, string Attributes)
{
    private const string FlowName = "wos-auth-verifier-<fnv1a32(state)>";

    public bool IsFlow => Name.StartsWith(FlowCookie.LegacyName, StringComparison.Ordinal);

    public bool IsNamedByState => Name is FlowName;

    public bool IsReturns => Name is RecentReturns.CookieName;

    public bool IsDeleted => Content.Length == 0;

    public bool IsAccessToken => Name is "workos-access-token";

    public static GoldenCookie Recorded(JsonElement cookie, GoldenValues values) => new(
        NameOf(cookie.GetProperty("name").GetString()!),
        cookie.GetProperty("value") is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty("sealed", out var content)
            ? Normal(values.Content(content))
            : values.Text(cookie.GetProperty("value")),
        string.Join("; ", cookie.GetProperty("attributes").EnumerateArray().Select(attribute => attribute.GetString())));

    public string? Domain => Attributes.Split("; ").FirstOrDefault(attribute => attribute.StartsWith("Domain=", StringComparison.OrdinalIgnoreCase))?[7..].TrimStart('.');

    public static GoldenCookie Sent(string setCookie, GoldenValues values)
    {
        var pair = setCookie.Split("; ", 2);
        var (name, value) = (pair[0][..pair[0].IndexOf('=')], pair[0][(pair[0].IndexOf('=') + 1)..]);
        if (NameOf(name) is FlowName && value.Length > 0)
        {
            // Deviation C14: where we answer the callback the name has 128 bits.
            name.ShouldBeOneOf(FlowCookie.AuthKitName(new SealedState(value)), FlowCookie.Name(new SealedState(value)));
        }

        return new GoldenCookie(NameOf(name), values.Open(value) is { } content ? Normal(content) : value, pair[1]);
    }

    public static string TextOf(JsonNode? node) => Sorted(node)?.ToJsonString() ?? "null";

    /// <summary>What must be compared of sealed content: random members by their length, as the recordings have them.</summary>
    public static string Normal(JsonNode? content)
    {
        var copy = content!.AsObject().DeepClone().AsObject();
        foreach (var random in new[] { "nonce", "codeVerifier" })
        {
            if (copy[random]?.GetValue<string>() is { } value && !value.StartsWith('<'))
            {
                copy[random] = $"<{random} length {value.Length}>";
            }
        }

        if (copy["codeVerifier"] is not null)
        {
            copy["returnPathname"] ??= "/"; // a state that does not name a page means the first one
        }

        return Sorted(copy)!.ToJsonString();
    }

    private static string NameOf(string name) => FlowCookie.IsFlowCookie(name) && name is not FlowCookie.LegacyName ? FlowName : name;

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
