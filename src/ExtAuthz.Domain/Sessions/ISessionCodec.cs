using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Sessions;

/// <summary>Seals and unseals what browsers keep for us, in the format of iron-session 8 (<c>Fe26.2…~2</c>).</summary>
public interface ISessionCodec
{
    /// <summary>Seals a session without an expiry of its own; the newest password seals.</summary>
    SealedSession Seal(Session session);

    /// <summary>Seals a session for an upstream that may read it but not refresh it. It does not unseal here: it is no session cookie.</summary>
    SealedSession SealWithoutRefreshToken(Session session);

    /// <summary>Opens a session cookie with any configured password; null when it is not one of ours, whatever the reason.</summary>
    Session? Unseal(SealedSession value);

    /// <summary>Seals the state of a sign-in that has just begun; it is good for <paramref name="lifetime"/>.</summary>
    SealedState SealState(SignInState state, TimeSpan lifetime);

    /// <summary>Opens a sign-in state; null when it is forged, expired, or not a state.</summary>
    SignInState? UnsealState(SealedState value);

    /// <summary>Opens a sign-in state even when its time is over: it then says where the user wanted to go, and is good for nothing else.</summary>
    SignInState? UnsealLateState(SealedState value);
}
