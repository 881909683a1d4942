namespace ExtAuthz.Domain.Tokens;

/// <summary>Verifies access tokens against the provider's key set (RFC 7517).</summary>
public interface IAccessTokenVerifier
{
    /// <summary>Changes whenever the key set does, so that what older keys verified is verified again.</summary>
    int KeyGeneration { get; }

    /// <summary>Verifies one token at the present moment. Completes synchronously unless keys must be fetched.</summary>
    ValueTask<TokenVerdict> VerifyAsync(AccessToken token, CancellationToken cancellationToken);
}
