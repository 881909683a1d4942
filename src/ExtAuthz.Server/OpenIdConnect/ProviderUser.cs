using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>The user of a verified ID token (OpenID Connect Core section 5.1), as AuthKit describes users.</summary>
internal static class ProviderUser
{
    private static readonly (string Member, string Claim)[] Claims =
    [
        ("email_verified", "email_verified"),
        ("name", "name"),
        ("first_name", "given_name"),
        ("profile_picture_url", "picture"),
        ("last_name", "family_name"),
        ("locale", "locale"),
    ];

    /// <summary>Reads the payload; null when it names no subject.</summary>
    public static SessionUser? Read(string verifiedIdToken, ClaimNames names)
    {
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(verifiedIdToken.Split('.')[1]));
        var user = new JsonObject { ["object"] = "user" };
        Copy(payload.RootElement, "sub", user, "id");
        Copy(payload.RootElement, names.Email, user, "email");
        foreach (var (member, claim) in Claims)
        {
            Copy(payload.RootElement, claim, user, member);
        }

        return AuthKitUser.FromWorkOS(JsonSerializer.SerializeToElement(user));
    }

    /// <summary>Texts and truths alone: what has another type is not what the claim means.</summary>
    private static void Copy(JsonElement claims, string claim, JsonObject user, string member)
    {
        if (claims.TryGetProperty(claim, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False)
        {
            user[member] = JsonValue.Create(value);
        }
    }
}
