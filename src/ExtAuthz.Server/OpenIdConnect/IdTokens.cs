using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Verifies ID tokens with the keys at hand, and waits a moment for a key that is not.</summary>
internal sealed class IdTokens(JwksCache cache, TokenRules rules, TimeProvider clock)
{
    private readonly IdTokenVerifier _verifier = new(rules);

    /// <summary>Whether there are keys at all: without them a token is neither good nor bad.</summary>
    public bool HaveKeys => cache.Keys is not null;

    /// <summary>The first rule that fails, or null; no keys at all are a fault as well.</summary>
    public async Task<IdTokenFault?> VerifyAsync(string text, IdTokenExpectation expected, CancellationToken cancellationToken)
    {
        if (cache.Keys is null)
        {
            await cache.HaveAnyAsync(cancellationToken);
        }

        var fault = Verify(text, expected);
        if (fault is not IdTokenFault.NotUsable || JsonWebToken.Read(text, rules.MaximumLength)?.Header.KeyId is not { Length: > 0 } keyId || cache.Keys?.Current.Contains(keyId) == true)
        {
            return fault;
        }

        await cache.LearnAsync(keyId, cancellationToken);
        return Verify(text, expected);
    }

    private IdTokenFault? Verify(string text, IdTokenExpectation expected) =>
        cache.Keys is { } keys ? _verifier.Verify(text, expected, keys.Current, clock.GetUtcNow()) : IdTokenFault.NotUsable;
}
