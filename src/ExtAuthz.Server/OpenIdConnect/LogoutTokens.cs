using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Verifies logout tokens with the keys at hand, and waits a moment for a key that is not.</summary>
internal sealed class LogoutTokens(JwksCache cache, TokenRules rules, TimeProvider clock) : ILogoutTokenVerifier
{
    private readonly LogoutTokenVerifier _verifier = new(rules);

    /// <inheritdoc/>
    public async ValueTask<LogoutTokenVerdict> VerifyAsync(LogoutToken token, CancellationToken cancellationToken)
    {
        var keys = await cache.FindAsync(JsonWebToken.Read(token.Value, rules.MaximumLength)?.Header.KeyId, cancellationToken);
        return keys is null ? new LogoutTokenVerdict.Unverifiable() : _verifier.Verify(token, keys, clock.GetUtcNow());
    }
}
