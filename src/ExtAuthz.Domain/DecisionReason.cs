namespace ExtAuthz.Domain;

/// <summary>Why a request was allowed or denied. A closed set: names are a contract with logs, metrics and error pages.</summary>
public enum DecisionReason
{
    /// <summary>Allowed: a verified session.</summary>
    SignedIn,

    /// <summary>Allowed: a public path, or no route protection.</summary>
    Public,

    /// <summary>Denied: no session on a protected path.</summary>
    NotSignedIn,

    /// <summary>Denied: the session is over.</summary>
    SessionEnded,

    /// <summary>Denied: the user signed in too long ago for this page.</summary>
    AuthenticationTooOld,

    /// <summary>Denied for now: the provider can not be reached and the access token has ended.</summary>
    ProviderUnavailable,

    /// <summary>Denied for now: no key set to verify with.</summary>
    KeysUnavailable,

    /// <summary>Denied: the request is malformed.</summary>
    BadRequest,

    /// <summary>Denied: no site has the request's host.</summary>
    UnknownHost,

    /// <summary>Answered: a sign-in was completed, or was not needed any more.</summary>
    SignInCompleted,

    /// <summary>Answered: a sign-in was lost on the way and began again.</summary>
    SignInRestarted,

    /// <summary>Answered: a sign-in could not be completed.</summary>
    SignInFailed,

    /// <summary>Answered: the browser is signed out.</summary>
    SignOutCompleted,

    /// <summary>Answered: the session is now in another organisation.</summary>
    OrganizationSwitched,

    /// <summary>Denied: the session can not change to that organisation.</summary>
    OrganizationRefused,

    /// <summary>Denied: another site may have caused the request; the user is asked first.</summary>
    NotConfirmed,

    /// <summary>Answered: the provider told of a logout.</summary>
    LogoutReceived,

    /// <summary>Denied: what tells of a logout can not be believed.</summary>
    LogoutRefused,

    /// <summary>Answered: who is signed in.</summary>
    SessionTold,

    /// <summary>Denied: a fault of this service.</summary>
    InternalFault,
}
