using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tokens;

/// <summary>Verifies access tokens with the keys at hand, and waits a moment for keys only when there are none or the token names a new one.</summary>
internal sealed class AccessTokenVerifier(JwksCache cache, TokenRules rules, TimeProvider time) : IAccessTokenVerifier
{
    private readonly JwtVerifier _verifier = new(rules);

    /// <inheritdoc/>
    public int KeyGeneration => cache.Generation;

    /// <inheritdoc/>
    public ValueTask<TokenVerdict> VerifyAsync(AccessToken token, CancellationToken cancellationToken)
    {
        if (JsonWebToken.Read(token.Value, rules.MaximumLength, rules.ClaimNames) is not { } jwt)
        {
            return new(new TokenVerdict.Undecodable());
        }

        var verdict = Verify(jwt);
        return verdict is TokenVerdict.Unverifiable || IsForWantOfKey(verdict) ? VerifyWithNewKeysAsync(jwt, verdict, cancellationToken) : new(verdict);
    }

    private TokenVerdict Verify(JsonWebToken jwt)
    {
        if (cache.Keys is not { } keys)
        {
            return new TokenVerdict.Unverifiable();
        }

        var now = time.GetUtcNow();
        var verdict = _verifier.Verify(jwt, keys.Current, now);
        return IsForWantOfKey(verdict) && keys.Previous is { } previous ? _verifier.Verify(jwt, previous, now) : verdict;
    }

    private async ValueTask<TokenVerdict> VerifyWithNewKeysAsync(JsonWebToken jwt, TokenVerdict verdict, CancellationToken cancellationToken)
    {
        if (verdict is TokenVerdict.Unverifiable)
        {
            await cache.HaveAnyAsync(cancellationToken);
        }
        else if (jwt.Header.KeyId is { Length: > 0 } keyId)
        {
            await cache.LearnAsync(keyId, cancellationToken);
        }

        return Verify(jwt);
    }

    private static bool IsForWantOfKey(TokenVerdict verdict) => verdict is TokenVerdict.NotUsable { Fault: TokenFault.Key };
}
