using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ExtAuthz.Domain;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Server.Sessions;

/// <summary>The content of a state seal, as AuthKit writes it: <code>{nonce, codeVerifier, returnPathname?}</code> with unknown members. Ours may add <c>maxAge</c> and <c>restart</c>.</summary>
internal static class StateJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    /// <summary>Reads a state; null when the text is none, or is the content of another kind of seal.</summary>
    public static SignInState? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return Utf8.IsValid(json) ? ReadState(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a state, byte for byte as <c>JSON.stringify</c> would.</summary>
    public static byte[] Write(SignInState state)
    {
        var json = new StringBuilder("{\"nonce\":").AppendString(state.Nonce).Append(",\"codeVerifier\":").AppendString(state.CodeVerifier);
        if (state.ReturnPathname is { } path)
        {
            json.Append(",\"returnPathname\":").AppendString(path);
        }

        if (state.MaxAge is { } age)
        {
            json.Append(",\"maxAge\":").Append((long)age.TotalSeconds);
        }

        if (state.IsRestart)
        {
            json.Append(",\"restart\":true");
        }

        return Encoding.UTF8.GetBytes(json.Append('}').ToString());
    }

    private static SignInState? ReadState(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        var isRestart = false;
        TimeSpan? maxAge = null;
        string? nonce = null, verifier = null, path = null;
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
                case "nonce":
                    nonce = JsonText.ReadString(ref reader);
                    break;
                case "codeVerifier":
                    verifier = JsonText.ReadString(ref reader);
                    break;
                case "returnPathname":
                    path = JsonText.ReadString(ref reader);
                    break;
                case "maxAge":
                    maxAge = reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
                    break;
                case "restart":
                    isRestart = reader.TokenType is JsonTokenType.True;
                    break;
                case "accessToken" or "refreshToken":
                    return null; // a session
            }

            reader.Skip();
        }

        return !reader.Read() && nonce is { Length: > 0 } && verifier is { Length: > 0 } ? new SignInState(nonce, verifier, path) { IsRestart = isRestart, MaxAge = maxAge } : null;
    }
}
