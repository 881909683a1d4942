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

    public string? TokenId { get; private set; }

    /// <summary>Whether <c>events</c> holds a back-channel logout, which is an object (OpenID Connect Back-Channel Logout section 2.4).</summary>
    public bool TellsOfLogout { get; private set; }

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
    public static JwtClaims Read(ReadOnlySpan<byte> strictJson, ClaimNames names)
    {
        var claims = new JwtClaims();
        var reader = new Utf8JsonReader(strictJson);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            claims.ReadMember(name, names, ref reader);
        }

        return claims;
    }

    private void ReadMember(string? name, ClaimNames names, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "iss": Issuer = reader.ReadText(); break;
            case "sub": Subject = reader.ReadText(); break;
            case "client_id": ClientId = reader.ReadText(); break;
            case var _ when name == names.SessionId: SessionId = reader.ReadText(); break;
            case var _ when name == names.OrganizationId: OrganizationId = reader.ReadText(); break;
            case var _ when name == names.Role: Role = reader.ReadText(); break;
            case "nonce": Nonce = reader.ReadText(); break;
            case "azp": AuthorizedParty = reader.ReadText(); break;
            case "at_hash": AccessTokenHash = reader.ReadText(); break;
            case "jti": TokenId = reader.ReadText(); break;
            case "events": TellsOfLogout = reader.HasObject("http://schemas.openid.net/event/backchannel-logout"u8); break;
            case "exp": ExpiresAt = reader.ReadNumericDate(); break;
            case "nbf": NotBefore = reader.ReadNumericDate(); break;
            case "iat": IssuedAt = reader.ReadNumericDate(); break;
            case "auth_time": AuthenticatedAt = reader.ReadNumericDate(); break;
            case "aud": Audience = reader.ReadTextOrTexts(); break;
            case var _ when name == names.Roles: Roles = reader.ReadTexts(); break;
            case var _ when name == names.Permissions: Permissions = reader.ReadTexts(); break;
            case var _ when name == names.Entitlements: Entitlements = reader.ReadTexts(); break;
            case var _ when name == names.FeatureFlags: FeatureFlags = reader.ReadTexts(); break;
            default: reader.Skip(); break;
        }
    }
}
