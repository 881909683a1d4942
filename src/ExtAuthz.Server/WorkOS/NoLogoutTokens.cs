using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.WorkOS;

/// <summary>WorkOS sends no logout tokens, so none can be genuine.</summary>
internal sealed class NoLogoutTokens : ILogoutTokenVerifier
{
    /// <inheritdoc/>
    public ValueTask<LogoutTokenVerdict> VerifyAsync(LogoutToken token, CancellationToken cancellationToken) =>
        new(new LogoutTokenVerdict.Refused(LogoutFault.Issuer));
}
