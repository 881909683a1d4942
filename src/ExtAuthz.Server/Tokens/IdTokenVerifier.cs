using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tokens;

/// <summary>Verifies the ID token of a sign-in (rule J12; OpenID Connect Core sections 3.1.3.6 to 3.1.3.8).</summary>
internal sealed class IdTokenVerifier(TokenRules rules)
{
    private static readonly ImmutableArray<string> Types = ["JWT"];
    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(10);

    /// <summary>The first rule that fails, or null.</summary>
    public IdTokenFault? Verify(string text, IdTokenExpectation expected, JsonWebKeySet keys, DateTimeOffset now)
    {
        if (JsonWebToken.Read(text, rules.MaximumLength) is not { Signature: { } signature } token)
        {
            return IdTokenFault.Undecodable;
        }

        var claims = token.Claims;
        var fault = JwtChecks.Header(token.Header, rules.Algorithms, Types)
            ?? JwtChecks.Signature(token, signature, rules.Algorithms, keys)
            ?? JwtChecks.Times(claims, rules, now)
            ?? JwtChecks.Subject(claims.Subject);
        return fault is not null ? IdTokenFault.NotUsable
            : !Same(claims.Issuer, expected.Issuer) ? IdTokenFault.Issuer
            : !JwtChecks.IsFor(rules.ClientId, claims.Audience, expected.TrustedAudiences) ? IdTokenFault.Audience
            : !JwtChecks.IsPartyOf(rules.ClientId, claims) ? IdTokenFault.AuthorizedParty
            : expected.Nonce is { } nonce && !Same(claims.Nonce, nonce) ? IdTokenFault.Nonce
            : expected.Subject is { } subject && !Same(claims.Subject, subject) ? IdTokenFault.Subject
            : claims.AccessTokenHash is { } hash && !Same(hash, HashOf(expected.AccessToken, token.Header.Algorithm)) ? IdTokenFault.AccessTokenHash
            : IsOld(claims.IssuedAt, MaximumAge, now) || IsOld(claims.AuthenticatedAt, expected.MaximumAuthenticationAge, now) ? IdTokenFault.Age
            : null;
    }

    /// <summary>The left half of the token's hash, which is the one of the signature's algorithm.</summary>
    private string HashOf(AccessToken accessToken, string? algorithm)
    {
        var hash = CryptographicOperations.HashData(SignatureAlgorithm.Named(algorithm, rules.Algorithms)!.Hash, Encoding.ASCII.GetBytes(accessToken.Value)); // checked before
        return Base64Url.EncodeToString(hash.AsSpan(0, hash.Length / 2));
    }

    private static bool IsOld(double? time, TimeSpan? maximumAge, DateTimeOffset now) =>
        time is { } seconds && maximumAge is { } age && !(now.ToUnixTimeSeconds() - seconds <= age.TotalSeconds);

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
