using System.Text.Json;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.WorkOS;

/// <summary>An event of WorkOS, of its many the two that end sessions (WorkOS documentation, "Events").</summary>
internal abstract record ProviderEvent
{
    private const int MaximumDepth = 16;

    private ProviderEvent() { }

    /// <summary><c>session.revoked</c>: a session was ended there.</summary>
    public sealed record SessionRevoked(string SessionId) : ProviderEvent;

    /// <summary><c>user.deleted</c>: there is no such user any more.</summary>
    public sealed record UserDeleted(string UserId) : ProviderEvent;

    /// <summary>Something else happened.</summary>
    public sealed record Other : ProviderEvent;

    /// <summary>Reads <c>{"event": …, "data": {"id": …}}</c>; null when it is none.</summary>
    public static ProviderEvent? Read(ReadOnlySpan<byte> json)
    {
        if (!StrictJson.IsObject(json, MaximumDepth))
        {
            return null;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
        using var document = JsonDocument.ParseValue(ref reader);
        return (TextOf(document.RootElement, "event"), IdOf(document.RootElement)) switch
        {
            ("session.revoked", { } id) => new SessionRevoked(id),
            ("user.deleted", { } id) => new UserDeleted(id),
            (null or "session.revoked" or "user.deleted", _) => null,
            _ => new Other(),
        };
    }

    private static string? IdOf(JsonElement root) =>
        root.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Object ? TextOf(data, "id") : null;

    private static string? TextOf(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
