using System.Collections.Immutable;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tokens;

/// <summary>Verifies an access token against a key set at a moment; whether its subject is the session's user (rule J15) is the pipeline's question.</summary>
internal sealed class JwtVerifier(TokenRules rules)
{
    private static readonly ImmutableArray<string> Types = ["JWT", "at+jwt"];
    private static readonly DateTimeOffset EndOfTime = DateTimeOffset.MaxValue;

    /// <summary>The rules in their order; the first that fails is the verdict.</summary>
    public TokenVerdict Verify(JsonWebToken token, JsonWebKeySet keys, DateTimeOffset now)
    {
        if (JwtChecks.Header(token.Header, rules.Algorithms, Types) is { } headerFault)
        {
            return NotUsable(headerFault, token.Claims);
        }

        if (token.Signature is not { } signature)
        {
            return new TokenVerdict.Undecodable();
        }

        var fault = JwtChecks.Signature(token, signature, rules.Algorithms, keys)
            ?? JwtChecks.Times(token.Claims, rules, now)
            ?? JwtChecks.Subject(token.Claims.Subject)
            ?? Origin(token.Claims);
        return fault is { } first ? NotUsable(first, token.Claims) : new TokenVerdict.Accepted(Believe(token.Claims));
    }

    /// <summary>Rules J11 and J13: who issued it, to whom, and for whom (RFC 9068 section 4).</summary>
    private TokenFault? Origin(JwtClaims claims) =>
        rules.Issuers.Count > 0 && !(claims.Issuer is { } issuer && rules.Issuers.Contains(issuer)) ? TokenFault.Issuer
        : claims.ClientId is { } client && !string.Equals(client, rules.ClientId, StringComparison.Ordinal) ? TokenFault.Client
        : rules.Audience is { } audience && !claims.Audience.Contains(audience, StringComparer.Ordinal) ? TokenFault.Audience
        : null;

    private static TokenVerdict.NotUsable NotUsable(TokenFault fault, JwtClaims claims) =>
        new(fault, TextOrNone(claims.OrganizationId), TextOrNone(claims.SessionId)) { IssuedAt = TimeOrNone(claims.IssuedAt) };

    private static AccessTokenClaims Believe(JwtClaims claims) => new()
    {
        Subject = claims.Subject!, // checked: 1 to 255 characters
        SessionId = TextOrNone(claims.SessionId),
        OrganizationId = TextOrNone(claims.OrganizationId),
        Role = TextOrNone(claims.Role),
        Roles = claims.Roles,
        Permissions = claims.Permissions,
        Entitlements = claims.Entitlements,
        FeatureFlags = claims.FeatureFlags,
        ExpiresAt = TimeOf(claims.ExpiresAt!.Value), // checked: in the future
        IssuedAt = TimeOrNone(claims.IssuedAt),
        AuthenticatedAt = TimeOrNone(claims.AuthenticatedAt),
    };

    private static string? TextOrNone(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static DateTimeOffset? TimeOrNone(double? seconds) => seconds is { } time && double.IsFinite(time) ? TimeOf(time) : null;

    private static DateTimeOffset TimeOf(double seconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(seconds * 1000, 0, EndOfTime.ToUnixTimeMilliseconds()));
}
