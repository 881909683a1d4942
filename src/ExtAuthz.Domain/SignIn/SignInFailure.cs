namespace ExtAuthz.Domain.SignIn;

/// <summary>Why a sign-in could not be completed. The names are reason codes on the error page: a contract with those who help users.</summary>
public enum SignInFailure
{
    /// <summary>The callback lacks a code or a state, or has one twice.</summary>
    BadResponse,

    /// <summary>The provider says no: the user cancelled, or may not sign in.</summary>
    ProviderRefused,

    /// <summary>This browser did not begin this sign-in, or its cookie is gone.</summary>
    NotStartedHere,

    /// <summary>The sign-in took too long, or its state is not ours.</summary>
    Expired,

    /// <summary>The provider does not accept the code.</summary>
    CodeRefused,

    /// <summary>The provider cannot be reached.</summary>
    ProviderUnavailable,

    /// <summary>The provider's tokens do not verify.</summary>
    BadTokens,

    /// <summary>No browser would keep the cookies of this session, so signing in again would not help.</summary>
    SessionTooLarge,
}
