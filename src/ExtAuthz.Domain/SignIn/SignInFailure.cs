namespace ExtAuthz.Domain.SignIn;

/// <summary>Why a sign-in could not be completed. The names are reason codes on the error page: a contract with those who help users.</summary>
public enum SignInFailure
{
    /// <summary>The callback lacks a code, has something twice, or does not come from the issuer.</summary>
    BadResponse,

    /// <summary>The user cancelled, or may not sign in.</summary>
    AccessDenied,

    /// <summary>The provider reports another error.</summary>
    ProviderRefused,

    /// <summary>This browser did not begin this sign-in.</summary>
    NotStartedHere,

    /// <summary>The browser does not keep the cookie of a sign-in.</summary>
    CookiesBlocked,

    /// <summary>The sign-in took too long, or its state is not ours.</summary>
    Expired,

    /// <summary>This sign-in has come back before.</summary>
    AlreadyUsed,

    /// <summary>The provider does not accept the code.</summary>
    CodeRefused,

    /// <summary>The provider cannot be reached.</summary>
    ProviderUnavailable,

    /// <summary>The provider's tokens do not verify.</summary>
    BadTokens,

    /// <summary>No browser would keep the cookies of this session, so signing in again would not help.</summary>
    SessionTooLarge,

    /// <summary>A recent sign-in was asked for, and the provider does not say that there was one: asking again would not help.</summary>
    AuthenticationTooOld,

    /// <summary>A new token has ended already or is of the future.</summary>
    ClocksDiffer,

    /// <summary>The browser came back several times within a minute and never had the session it was given.</summary>
    SessionNotKept,
}
