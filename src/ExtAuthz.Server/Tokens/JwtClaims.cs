using System.Collections.Immutable;
using System.Text.Json;

namespace ExtAuthz.Server.Tokens;

/// <summary>
/// The claims we read of any token (RFC 7519 section 4.1, OpenID Connect Core section 2, WorkOS AuthKit), not yet believed.
/// Null is absent; an empty text, a time that is not a number and an empty list are of a wrong type.
/// </summary>
internal sealed class JwtClaims
{
    public string? Issuer { get; private set; }

    public string? Subject { get; private set; }

    public string? ClientId { get; private set; }

    public string? SessionId { get; private set; }

    public string? OrganizationId { get; private set; }

    public string? Role { get; private set; }

    public string? Nonce { get; private set; }

    public string? AuthorizedParty { get; private set; }

    public string? AccessTokenHash { get; private set; }

    public double? ExpiresAt { get; private set; }

    public double? NotBefore { get; private set; }

    public double? IssuedAt { get; private set; }

    public double? AuthenticatedAt { get; private set; }

    public ImmutableArray<string> Audience { get; private set; } = [];

    public ImmutableArray<string> Roles { get; private set; } = [];

    public ImmutableArray<string> Permissions { get; private set; } = [];

    public ImmutableArray<string> Entitlements { get; private set; } = [];

    public ImmutableArray<string> FeatureFlags { get; private set; } = [];

    /// <summary>Reads a payload that is strict JSON.</summary>
    public static JwtClaims Read(ReadOnlySpan<byte> strictJson)
    {
        var claims = new JwtClaims();
        var reader = new Utf8JsonReader(strictJson);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            claims.ReadMember(name, ref reader);
        }

        return claims;
    }

    private void ReadMember(string? name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "iss": Issuer = reader.ReadText(); break;
            case "sub": Subject = reader.ReadText(); break;
            case "client_id": ClientId = reader.ReadText(); break;
            case "sid": SessionId = reader.ReadText(); break;
            case "org_id": OrganizationId = reader.ReadText(); break;
            case "role": Role = reader.ReadText(); break;
            case "nonce": Nonce = reader.ReadText(); break;
            case "azp": AuthorizedParty = reader.ReadText(); break;
            case "at_hash": AccessTokenHash = reader.ReadText(); break;
            case "exp": ExpiresAt = reader.ReadNumericDate(); break;
            case "nbf": NotBefore = reader.ReadNumericDate(); break;
            case "iat": IssuedAt = reader.ReadNumericDate(); break;
            case "auth_time": AuthenticatedAt = reader.ReadNumericDate(); break;
            case "aud": Audience = reader.ReadTextOrTexts(); break;
            case "roles": Roles = reader.ReadTexts(); break;
            case "permissions": Permissions = reader.ReadTexts(); break;
            case "entitlements": Entitlements = reader.ReadTexts(); break;
            case "feature_flags": FeatureFlags = reader.ReadTexts(); break;
            default: reader.Skip(); break;
        }
    }
}
