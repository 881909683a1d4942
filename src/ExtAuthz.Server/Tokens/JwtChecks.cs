using System.Collections.Immutable;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tokens;

/// <summary>The rules that tokens of several kinds share. Each check returns the first rule that fails, or null.</summary>
internal static class JwtChecks
{
    private const string MediaTypePrefix = "application/";

    /// <summary>Rules J4 to J7: a known algorithm, nothing that changes the meaning, the right kind of token.</summary>
    public static TokenFault? Header(JoseHeader header, ImmutableArray<SignatureAlgorithm> algorithms, ImmutableArray<string> types) =>
        SignatureAlgorithm.Named(header.Algorithm, algorithms) is null ? TokenFault.Algorithm
        : header.ChangesMeaning ? TokenFault.Header
        : header.Type is { } type && !IsOneOf(types, type) ? TokenFault.Type
        : null;

    /// <summary>Rules J4, J8 and J17: the key that the header names, its algorithm, and a signature that holds.</summary>
    public static TokenFault? Signature(JsonWebToken token, ReadOnlySpan<byte> signature, ImmutableArray<SignatureAlgorithm> algorithms, JsonWebKeySet keys)
    {
        if (SignatureAlgorithm.Named(token.Header.Algorithm, algorithms) is not { } algorithm)
        {
            return TokenFault.Algorithm;
        }

        if (signature.IsEmpty)
        {
            return TokenFault.Signature;
        }

        return keys.Find(token.Header.KeyId, algorithm) is { } key
            ? key.Verify(algorithm, token.SigningInput, signature) ? null : TokenFault.Signature
            : keys.Contains(token.Header.KeyId) ? TokenFault.Algorithm : TokenFault.Key;
    }

    /// <summary>Rules J9, J10 and J16. A time that is not a number fails every comparison.</summary>
    public static TokenFault? Times(JwtClaims claims, TokenRules rules, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        var latest = seconds + rules.ClockSkew.TotalSeconds;
        if (!(claims.ExpiresAt > seconds))
        {
            return TokenFault.Expired;
        }

        var begun = claims.NotBefore is not { } notBefore || notBefore <= latest;
        var issued = claims.IssuedAt is not { } issuedAt || (issuedAt <= latest && issuedAt < claims.ExpiresAt);
        return begun && issued && claims.ExpiresAt - (claims.IssuedAt ?? seconds) <= rules.MaximumLifetime.TotalSeconds ? null : TokenFault.Time;
    }

    /// <summary>Rule J14: 1 to 255 characters without controls.</summary>
    public static TokenFault? Subject(string? subject) =>
        subject is { Length: > 0 and <= 255 } && !subject.AsSpan().ContainsAnyInRange('\0', '\x1f') && !subject.Contains('\x7f', StringComparison.Ordinal)
            ? null
            : TokenFault.Subject;

    /// <summary>Rule J12: for this client, and for nobody else that is not trusted (OpenID Connect Core section 3.1.3.7).</summary>
    public static bool IsFor(string clientId, ImmutableArray<string> audience, ImmutableArray<string> trusted) =>
        audience.Contains(clientId, StringComparer.Ordinal)
        && audience.All(one => string.Equals(one, clientId, StringComparison.Ordinal) || trusted.Contains(one, StringComparer.Ordinal));

    /// <summary>Rule J12: of several audiences <c>azp</c> says that this client is the one.</summary>
    public static bool IsPartyOf(string clientId, JwtClaims claims) =>
        claims.AuthorizedParty is { } party ? string.Equals(party, clientId, StringComparison.Ordinal) : claims.Audience.Length == 1;

    /// <summary>Media types are compared without case, and without a leading <c>application/</c> (RFC 7515 section 4.1.9).</summary>
    private static bool IsOneOf(ImmutableArray<string> types, string type) =>
        types.Contains(type.StartsWith(MediaTypePrefix, StringComparison.OrdinalIgnoreCase) ? type[MediaTypePrefix.Length..] : type, StringComparer.OrdinalIgnoreCase);
}
