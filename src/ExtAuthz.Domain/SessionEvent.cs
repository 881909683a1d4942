using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain;

/// <summary>Something that happened to a session during a check, worth a debug line.</summary>
public abstract record SessionEvent
{
    private SessionEvent() { }

    /// <summary>No session cookie was sent.</summary>
    public sealed record NotFound : SessionEvent;

    /// <summary>A session cookie was sent that is not ours to open.</summary>
    public sealed record Unreadable : SessionEvent;

    /// <summary>Cookies of two different sessions were sent, so none counts.</summary>
    public sealed record Ambiguous : SessionEvent;

    /// <summary>The access token may not be used any more, so it is refreshed.</summary>
    /// <param name="SessionId">The session, when its token names one.</param>
    /// <param name="Fault">What is wrong with the token.</param>
    public sealed record Refreshing(string? SessionId, string Fault) : SessionEvent;

    /// <summary>The access token ends soon, so it is refreshed ahead.</summary>
    /// <param name="SessionId">The session, when its token names one.</param>
    public sealed record RefreshingAhead(string? SessionId) : SessionEvent;

    /// <summary>The session goes on with new tokens.</summary>
    /// <param name="SessionId">The session, when its token names one.</param>
    public sealed record Refreshed(string? SessionId) : SessionEvent;

    /// <summary>A refresh ahead of time failed; the token still alive was used.</summary>
    /// <param name="Cause">A short cause without secrets.</param>
    public sealed record RefreshAheadFailed(string Cause) : SessionEvent;

    /// <summary>The session is over; its cookie is deleted.</summary>
    /// <param name="Cause">The provider's code, or what is wrong with the session.</param>
    public sealed record Ended(string Cause) : SessionEvent;

    /// <summary>The refresh may succeed later; the cookie is kept.</summary>
    /// <param name="Cause">A short cause without secrets.</param>
    public sealed record RefreshUnavailable(string Cause) : SessionEvent;

    /// <summary>The provider refuses this service itself, not the user: an alarm for the operator.</summary>
    /// <param name="Cause">A short cause without secrets.</param>
    public sealed record ProviderRefusesUs(string Cause) : SessionEvent;

    /// <summary>A refresh brought a token that does not verify: an alarm.</summary>
    /// <param name="Fault">What is wrong with the token.</param>
    public sealed record RefreshedTokenRefused(string Fault) : SessionEvent;

    /// <summary>The keys to verify with are missing.</summary>
    public sealed record KeysUnavailable : SessionEvent;

    /// <summary>A signed-out user asked for a protected path.</summary>
    /// <param name="Path">The path, without its query.</param>
    public sealed record SignInRequired(string Path) : SessionEvent;

    /// <summary>A claim was left out of the headers because it is too large.</summary>
    /// <param name="Header">The header it would have filled.</param>
    public sealed record ClaimLeftOut(string Header) : SessionEvent;

    /// <summary>A sign-in failed at the callback.</summary>
    /// <param name="Cause">A short cause without secrets.</param>
    public sealed record CallbackFailed(string Cause) : SessionEvent;

    /// <summary>A session was too large for its cookies, so the user in it was cut down.</summary>
    /// <param name="LeftOut">The last part left out; what is left out before it is missing too.</param>
    /// <param name="Length">The bytes of a <c>cookie</c> header that it takes now.</param>
    public sealed record Trimmed(UserPart LeftOut, int Length) : SessionEvent;

    /// <summary>A session is too large for any cookies, whatever is left out: no browser was given it.</summary>
    /// <param name="Length">The bytes of its seal.</param>
    public sealed record TooLarge(int Length) : SessionEvent;

    /// <summary>The provider refused to change the session to another organisation; the session stays.</summary>
    /// <param name="Cause">The provider's code.</param>
    public sealed record OrganizationRefused(string Cause) : SessionEvent;

    /// <summary>A user signed out.</summary>
    /// <param name="SessionId">The session, when there was one.</param>
    public sealed record SignedOut(string? SessionId) : SessionEvent;

    /// <summary>The provider told us to end a session.</summary>
    /// <param name="SessionId">The session; null for all sessions of a user.</param>
    public sealed record SignedOutByProvider(string? SessionId) : SessionEvent;

    /// <summary>A back-channel logout came without its body: Envoy is not told to send it.</summary>
    public sealed record LogoutBodyMissing : SessionEvent;

    /// <summary>A back-channel logout can not be believed.</summary>
    /// <param name="Fault">What is wrong with it.</param>
    public sealed record LogoutRefused(LogoutFault Fault) : SessionEvent;

    /// <summary>A refresh token could not be revoked at the provider; the session is over all the same.</summary>
    /// <param name="Cause">A short cause without secrets.</param>
    public sealed record RefreshTokenNotRevoked(string Cause) : SessionEvent;
}
