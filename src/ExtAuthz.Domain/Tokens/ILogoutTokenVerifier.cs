namespace ExtAuthz.Domain.Tokens;

/// <summary>Verifies the logout tokens of a provider.</summary>
public interface ILogoutTokenVerifier
{
    /// <summary>Verifies one token at the present moment; whether it came before is not asked here.</summary>
    ValueTask<LogoutTokenVerdict> VerifyAsync(LogoutToken token, CancellationToken cancellationToken);
}
