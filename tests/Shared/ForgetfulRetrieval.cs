using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Tests.Shared;

/// <summary>Session retrieval that remembers nothing, so that every cookie is opened.</summary>
internal static class ForgetfulRetrieval
{
    public static SessionRetrieval Of(ISessionCodec codec, string cookieName, bool readsChunks = false) =>
        new(codec, new VerifiedSessions(new UnaskedVerifier(), TimeProvider.System, capacity: 0), cookieName, readsChunks);

    private sealed class UnaskedVerifier : IAccessTokenVerifier
    {
        public int KeyGeneration => 0;

        public ValueTask<TokenVerdict> VerifyAsync(AccessToken token, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Retrieval verifies no token.");
    }
}
