using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ExtAuthz.Domain.Tokens;

/// <summary>
/// What an access token or ID token says without proof. Good enough to choose between cookies that we sealed ourselves
/// and to keep a refresh in its organisation; never to let anybody in.
/// </summary>
/// <param name="SessionId">The provider's session (<c>sid</c>).</param>
/// <param name="OrganizationId">The organisation (<c>org_id</c>).</param>
/// <param name="IssuedAt">When it was issued (<c>iat</c>).</param>
/// <param name="ExpiresAt">When it ends (<c>exp</c>).</param>
public sealed record UnverifiedClaims(string? SessionId, string? OrganizationId, DateTimeOffset? IssuedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>When the user proved who they are (<c>auth_time</c>).</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    private const int MaxLength = 16 * 1024;

    /// <summary>Reads the payload of a compact JWS (RFC 7515 section 7.1); null when it is none. Claims of the wrong type are absent.</summary>
    public static UnverifiedClaims? Read(AccessToken token) => Read(token.Value);

    /// <summary>Reads an ID token in the same way.</summary>
    public static UnverifiedClaims? Read(IdToken token) => Read(token.Value);

    private static UnverifiedClaims? Read(ReadOnlySpan<char> token)
    {
        var (first, last) = (token.IndexOf('.'), token.LastIndexOf('.'));
        if (token.Length > MaxLength || first < 0 || token.Count('.') != 2)
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[Base64Url.GetMaxDecodedLength(last - first - 1)];
        return Base64Url.DecodeFromChars(token[(first + 1)..last], buffer, out _, out var length) is OperationStatus.Done
            && Utf8.IsValid(buffer[..length])
            ? ReadPayload(buffer[..length])
            : null;
    }

    private static UnverifiedClaims? ReadPayload(ReadOnlySpan<byte> json)
    {
        var claims = new UnverifiedClaims(null, null, null, null);
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var name = JsonText.ReadString(ref reader);
                reader.Read();
                claims = name switch
                {
                    "sid" => claims with { SessionId = JsonText.ReadString(ref reader) },
                    "org_id" => claims with { OrganizationId = JsonText.ReadString(ref reader) },
                    "iat" => claims with { IssuedAt = ReadNumericDate(ref reader) },
                    "auth_time" => claims with { AuthenticatedAt = ReadNumericDate(ref reader) },
                    "exp" => claims with { ExpiresAt = ReadNumericDate(ref reader) },
                    _ => claims,
                };
                reader.Skip();
            }

            return reader.Read() ? null : claims;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? ReadNumericDate(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out var seconds) && seconds is > 0 and < 253402300800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
}
