using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Sessions;

/// <summary>
/// The content of a session seal, as AuthKit and the WorkOS SDKs write it:
/// <code>{accessToken, refreshToken, user, impersonator?, authenticationMethod?, idToken?}</code>
/// in any order and with unknown members.
/// </summary>
internal static class SessionJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    /// <summary>Reads a session; null when the text is none, or is the content of another kind of seal.</summary>
    public static Session? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return Utf8.IsValid(json) ? ReadSession(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a session, byte for byte as <c>JSON.stringify</c> would.</summary>
    public static byte[] Write(Session session, bool withRefreshToken)
    {
        var json = new StringBuilder("{\"accessToken\":").AppendString(session.AccessToken.Value);
        if (withRefreshToken)
        {
            json.Append(",\"refreshToken\":").AppendString(session.RefreshToken.Value);
        }

        if (session.User is { } user)
        {
            json.Append(",\"user\":").Append(user.Json);
        }

        if (session.Impersonator is { } impersonator)
        {
            json.Append(",\"impersonator\":{\"email\":").AppendString(impersonator.Email).Append(",\"reason\":");
            _ = impersonator.Reason is { } reason ? json.AppendString(reason) : json.Append("null");
            json.Append('}');
        }

        if (session.AuthenticationMethod is { } method)
        {
            json.Append(",\"authenticationMethod\":").AppendString(method);
        }

        if (session.IdToken is { } idToken)
        {
            json.Append(",\"idToken\":").AppendString(idToken.Value);
        }

        return Encoding.UTF8.GetBytes(json.Append('}').ToString());
    }

    private static Session? ReadSession(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        string? accessToken = null, refreshToken = null, idToken = null, method = null;
        SessionUser? user = null;
        Impersonator? impersonator = null;
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = JsonText.ReadString(ref reader);
            reader.Read();
            switch (name)
            {
                case "accessToken":
                    accessToken = JsonText.ReadString(ref reader);
                    break;
                case "refreshToken":
                    refreshToken = JsonText.ReadString(ref reader);
                    break;
                case "user":
                    user = ReadUser(ref reader, json);
                    break;
                case "impersonator":
                    impersonator = ReadImpersonator(ref reader);
                    break;
                case "authenticationMethod":
                    method = JsonText.ReadString(ref reader);
                    break;
                case "idToken":
                    idToken = JsonText.ReadString(ref reader);
                    break;
                case "nonce" or "codeVerifier":
                    return null; // a sign-in state
            }

            reader.Skip();
        }

        return !reader.Read() && accessToken is { Length: > 0 } && refreshToken is { Length: > 0 }
            ? new Session(new AccessToken(accessToken), new RefreshToken(refreshToken), user, impersonator, method) { IdToken = idToken is null ? null : new IdToken(idToken) }
            : null;
    }

    private static SessionUser? ReadUser(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return null;
        }

        string? id = null, email = null;
        var isWorkOS = false;
        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = JsonText.ReadString(ref reader) ?? "";
            reader.Read();
            id = name is "id" ? JsonText.ReadString(ref reader) : id;
            email = name is "email" ? JsonText.ReadString(ref reader) : email;
            isWorkOS |= AuthKitUser.IsWorkOSName(name);
            reader.Skip();
        }

        var text = json[start..(int)reader.BytesConsumed];
        if (isWorkOS)
        {
            var copy = new Utf8JsonReader(text, Options);
            using var document = JsonDocument.ParseValue(ref copy);
            return AuthKitUser.FromWorkOS(document.RootElement);
        }

        return id is { Length: > 0 } ? new SessionUser(id, email, Encoding.UTF8.GetString(text)) : null;
    }

    private static Impersonator? ReadImpersonator(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return null;
        }

        string? email = null, reason = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = JsonText.ReadString(ref reader);
            reader.Read();
            email = name is "email" ? JsonText.ReadString(ref reader) : email;
            reason = name is "reason" ? JsonText.ReadString(ref reader) : reason;
            reader.Skip();
        }

        return email is null ? null : new Impersonator(email, reason);
    }
}
