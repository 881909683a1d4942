using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ExtAuthz.Domain.Sessions;

/// <summary>Tells scripts of the page who is signed in, and no secret: the session endpoint's JSON, its claims named as in the token.</summary>
public static class SessionStatus
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The JSON of a session.</summary>
    public static string Write(VerifiedSession session)
    {
        var (claims, buffer) = (session.Claims, new ArrayBufferWriter<byte>());
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WritePropertyName("user");
            json.WriteRawValue(session.Session.User?.Json ?? "null");
            json.WriteString("organization_id", claims.OrganizationId);
            json.WriteString("role", claims.Role);
            WriteList(json, "roles", claims.Roles);
            WriteList(json, "permissions", claims.Permissions);
            WriteList(json, "entitlements", claims.Entitlements);
            WriteList(json, "feature_flags", claims.FeatureFlags);
            WriteImpersonator(json, session.Session.Impersonator);
            json.WriteString("expires_at", claims.ExpiresAt);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteList(Utf8JsonWriter json, string name, ImmutableArray<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    private static void WriteImpersonator(Utf8JsonWriter json, Impersonator? impersonator)
    {
        if (impersonator is null)
        {
            json.WriteNull("impersonator");
            return;
        }

        json.WriteStartObject("impersonator");
        json.WriteString("email", impersonator.Email);
        json.WriteString("reason", impersonator.Reason);
        json.WriteEndObject();
    }
}
