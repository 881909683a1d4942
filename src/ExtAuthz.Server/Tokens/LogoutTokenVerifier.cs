using System.Collections.Immutable;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tokens;

/// <summary>
/// Verifies logout tokens (OpenID Connect Back-Channel Logout sections 2.4 and 2.6): signed and addressed like ID tokens, and so unlike them that neither
/// an ID token nor an access token passes for one.
/// </summary>
internal sealed class LogoutTokenVerifier(TokenRules rules)
{
    // Providers older than the final specification write JWT, or nothing.
    private static readonly ImmutableArray<string> Types = ["logout+jwt", "JWT"];

    /// <summary>The rules in their order; the first that fails is the verdict.</summary>
    public LogoutTokenVerdict Verify(LogoutToken text, JsonWebKeySet keys, DateTimeOffset now)
    {
        if (JsonWebToken.Read(text.Value, rules.MaximumLength) is not { Signature: { } signature } token)
        {
            return new LogoutTokenVerdict.Refused(LogoutFault.TokenUndecodable);
        }

        var isGenuine = JwtChecks.Header(token.Header, rules.Algorithms, Types) is null
            && JwtChecks.Signature(token, signature, rules.Algorithms, keys) is null
            && (token.Claims.ExpiresAt is null || JwtChecks.Times(token.Claims, rules, now) is null);
        var fault = isGenuine ? FaultOf(token.Claims, now) : LogoutFault.TokenNotUsable;
        return fault is { } first ? new LogoutTokenVerdict.Refused(first) : new LogoutTokenVerdict.Accepted(Believe(token.Claims));
    }

    private LogoutFault? FaultOf(JwtClaims claims, DateTimeOffset now)
    {
        var age = (now.ToUnixTimeMilliseconds() / 1000.0) - claims.IssuedAt; // a time that is absent or no number fails every comparison
        return !(claims.Issuer is { } issuer && rules.Issuers.Contains(issuer)) ? LogoutFault.Issuer
            : !JwtChecks.IsFor(rules.ClientId, claims.Audience, trusted: []) || !JwtChecks.IsPartyOf(rules.ClientId, claims) ? LogoutFault.Audience
            : !(age <= BackChannelLogout.OldestToken.TotalSeconds && age >= -BackChannelLogout.ClockSkew.TotalSeconds) ? LogoutFault.Age
            : !claims.TellsOfLogout || claims.Nonce is not null ? LogoutFault.NoLogout
            : !IsName(claims.TokenId) ? LogoutFault.TokenId
            : claims is { SessionId: null, Subject: null } || !IsNameOrNone(claims.SessionId) || !IsNameOrNone(claims.Subject) ? LogoutFault.Subject
            : null;
    }

    private static LogoutClaims Believe(JwtClaims claims) =>
        new(claims.TokenId!, claims.SessionId, claims.Subject, DateTimeOffset.FromUnixTimeMilliseconds((long)(claims.IssuedAt!.Value * 1000))); // both checked

    private static bool IsName(string? text) => JwtChecks.Subject(text) is null;

    private static bool IsNameOrNone(string? text) => text is null || IsName(text);
}
