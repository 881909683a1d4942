using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>Counts the calls through all ports and makes one of them throw.</summary>
internal sealed class Faults(int failAt)
{
    public int Calls { get; private set; }

    public IAccessTokenVerifier In(IAccessTokenVerifier port) => new FaultyVerifier(port, this);

    public ISessionCodec In(ISessionCodec port) => new FaultyCodec(port, this);

    public IIdentityProvider In(IIdentityProvider port) => new FaultyProvider(port, this);

    private T Pass<T>(T value)
    {
        Calls++;
        return Calls == failAt ? throw new InjectedFaultException() : value;
    }

    private sealed class FaultyVerifier(IAccessTokenVerifier port, Faults faults) : IAccessTokenVerifier
    {
        public int KeyGeneration => faults.Pass(port.KeyGeneration);

        public async ValueTask<TokenVerdict> VerifyAsync(AccessToken token, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return faults.Pass(await port.VerifyAsync(token, cancellationToken));
        }
    }

    private sealed class FaultyCodec(ISessionCodec port, Faults faults) : ISessionCodec
    {
        public SealedSession Seal(Session session) => faults.Pass(port.Seal(session));

        public SealedSession SealWithoutRefreshToken(Session session) => faults.Pass(port.SealWithoutRefreshToken(session));

        public Session? Unseal(SealedSession value) => faults.Pass(port.Unseal(value));

        public SealedState SealState(SignInState state, TimeSpan lifetime) => faults.Pass(port.SealState(state, lifetime));

        public SignInState? UnsealState(SealedState value) => faults.Pass(port.UnsealState(value));

        public SignInState? UnsealLateState(SealedState value) => faults.Pass(port.UnsealLateState(value));
    }

    private sealed class FaultyProvider(IIdentityProvider port, Faults faults) : IIdentityProvider
    {
        public string? PromisedIssuer => faults.Pass(port.PromisedIssuer);

        public string AuthorizationUrl(AuthorizationRequest request) => faults.Pass(port.AuthorizationUrl(request));

        public string? SignOutUrl(SignOutRequest request) => faults.Pass(port.SignOutUrl(request));

        public async Task<CodeExchange> ExchangeCodeAsync(AuthorizationCode code, SignInState state, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return faults.Pass(await port.ExchangeCodeAsync(code, state, cancellationToken));
        }

        public async Task<RefreshOutcome> RefreshAsync(RefreshGrant grant, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return faults.Pass(await port.RefreshAsync(grant, cancellationToken));
        }

        public async Task<RevocationOutcome> RevokeAsync(RefreshToken token, TimeSpan patience, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return faults.Pass(await port.RevokeAsync(token, patience, cancellationToken));
        }
    }
}
