using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>Accepts every token and reads from it what the test says.</summary>
internal sealed class ScriptedVerifier : IAccessTokenVerifier
{
    private int _generation;

    public AccessTokenClaims? Claims { get; set; }

    /// <summary>Never the same, so that nothing is remembered.</summary>
    public int KeyGeneration => _generation++;

    public ValueTask<TokenVerdict> VerifyAsync(AccessToken token, CancellationToken cancellationToken) =>
        new(Claims is null ? new TokenVerdict.Unverifiable() : new TokenVerdict.Accepted(Claims));
}
