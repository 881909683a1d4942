using System.Text.Json;

namespace ExtAuthz.Server.Tokens;

/// <summary>
/// The members of a JOSE header (RFC 7515 section 4.1) that decide. Null is absent, an empty text is of a wrong type.
/// <c>jwk</c>, <c>jku</c>, <c>x5u</c> and <c>x5c</c> are ignored on purpose: only the configured key set names keys.
/// </summary>
internal sealed class JoseHeader
{
    private const int MaximumKeyIdLength = 256;

    /// <summary>Which signature (<c>alg</c>).</summary>
    public string? Algorithm { get; private init; }

    /// <summary>Which key (<c>kid</c>); empty as well when it is too long to be looked up.</summary>
    public string? KeyId { get; private init; }

    /// <summary>Which kind of token (<c>typ</c>).</summary>
    public string? Type { get; private init; }

    /// <summary>Whether a member changes how the token is to be read: <c>crit</c>, <c>b64</c>, <c>zip</c>, <c>enc</c> or <c>cty</c>.</summary>
    public bool ChangesMeaning { get; private init; }

    /// <summary>Reads a header that is strict JSON, or null if it says nothing.</summary>
    public static JoseHeader? Read(ReadOnlySpan<byte> strictJson)
    {
        string? algorithm = null, keyId = null, type = null;
        bool changesMeaning = false, empty = true;
        var reader = new Utf8JsonReader(strictJson);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            empty = false;
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "alg": algorithm = reader.ReadText(); break;
                case "kid": keyId = reader.ReadText(); break;
                case "typ": type = reader.ReadText(); break;
                default:
                    changesMeaning |= name is "crit" or "b64" or "zip" or "enc" or "cty";
                    reader.Skip();
                    break;
            }
        }

        return empty ? null : new JoseHeader
        {
            Algorithm = algorithm,
            KeyId = keyId?.Length > MaximumKeyIdLength ? "" : keyId,
            Type = type,
            ChangesMeaning = changesMeaning,
        };
    }
}
