using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Server.Sessions;

/// <summary>Sessions and sign-in states in iron seals. Neither opens as the other: each refuses content with a member of the other kind.</summary>
internal sealed class IronSessionCodec(IronSeal iron) : ISessionCodec
{
    public SealedSession Seal(Session session) => new(iron.Seal(SessionJson.Write(session, withRefreshToken: true), lifetime: null));

    public SealedSession SealWithoutRefreshToken(Session session) => new(iron.Seal(SessionJson.Write(session, withRefreshToken: false), lifetime: null));

    public Session? Unseal(SealedSession value) => iron.Open(value.Value, SessionJson.Read);

    public SealedState SealState(SignInState state, TimeSpan lifetime) => new(iron.Seal(StateJson.Write(state), lifetime));

    public SignInState? UnsealState(SealedState value) => iron.Open(value.Value, StateJson.Read);

    public SignInState? UnsealLateState(SealedState value) => iron.Open(value.Value, StateJson.Read, evenIfExpired: true);
}
