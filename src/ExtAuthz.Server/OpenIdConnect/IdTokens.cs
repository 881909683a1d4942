using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Verifies ID tokens with the keys at hand, and waits a moment for a key that is not.</summary>
internal sealed class IdTokens(JwksCache cache, TokenRules rules, TimeProvider clock)
{
    private readonly IdTokenVerifier _verifier = new(rules);

    /// <summary>The first rule that fails, or null; no keys at all are a fault as well.</summary>
    public async Task<IdTokenFault?> VerifyAsync(string text, IdTokenExpectation expected, CancellationToken cancellationToken)
    {
        var keys = await cache.FindAsync(JsonWebToken.Read(text, rules.MaximumLength)?.Header.KeyId, cancellationToken);
        return keys is null ? IdTokenFault.NotUsable : _verifier.Verify(text, expected, keys, clock.GetUtcNow());
    }
}
