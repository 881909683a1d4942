using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Server.Sessions;

/// <summary>Turns the user that the WorkOS API answers into the user that AuthKit seals, so that a Next.js app reads our cookie as its own.</summary>
internal static class AuthKitUser
{
    private static readonly (string AuthKit, string WorkOS, string? Default)[] Members =
    [
        ("object", "object", null),
        ("id", "id", null),
        ("email", "email", null),
        ("emailVerified", "email_verified", null),
        ("name", "name", "null"),
        ("firstName", "first_name", null),
        ("profilePictureUrl", "profile_picture_url", null),
        ("lastName", "last_name", null),
        ("lastSignInAt", "last_sign_in_at", null),
        ("locale", "locale", null),
        ("createdAt", "created_at", null),
        ("updatedAt", "updated_at", null),
        ("externalId", "external_id", "null"),
        ("metadata", "metadata", "{}"),
    ];

    private static readonly HashSet<string> WorkOSNames =
        new(Members.Select(member => member.WorkOS).Where(name => name.Contains('_')), StringComparer.Ordinal);

    /// <summary>Says whether a member has a name that only the API's snake_case user has.</summary>
    public static bool IsWorkOSName(string name) => WorkOSNames.Contains(name);

    /// <summary>The user in AuthKit's names and order; null when the value is no user with an id.</summary>
    public static SessionUser? FromWorkOS(JsonElement user)
    {
        if (user.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in user.EnumerateObject())
        {
            values[JsonText.Unescape(JsonMarshal.GetRawUtf8PropertyName(member))] = member.Value;
        }

        return Text(values, "id") is { Length: > 0 } id ? new SessionUser(id, Text(values, "email"), Json(values)) : null;
    }

    private static string Json(Dictionary<string, JsonElement> values)
    {
        var json = new StringBuilder();
        foreach (var (authKit, workOS, @default) in Members)
        {
            var found = values.TryGetValue(workOS, out var value);
            if (@default is not null && (!found || value.ValueKind is JsonValueKind.Null))
            {
                json.Append(',').AppendString(authKit).Append(':').Append(@default);
            }
            else if (found)
            {
                json.Append(',').AppendString(authKit).Append(':').AppendValue(value);
            }
        }

        json[0] = '{';
        return json.Append('}').ToString();
    }

    private static string? Text(Dictionary<string, JsonElement> values, string name) =>
        values.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String
            ? JsonText.Unescape(JsonMarshal.GetRawUtf8Value(value)[1..^1])
            : null;
}
