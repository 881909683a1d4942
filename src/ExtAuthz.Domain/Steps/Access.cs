namespace ExtAuthz.Domain.Steps;

/// <summary>What step 5 decides.</summary>
public enum Access
{
    /// <summary>Not before signing in.</summary>
    SignInRequired,

    /// <summary>Not with this sign-in: it is too long ago for this page.</summary>
    RecentSignInRequired,

    /// <summary>Not now: the session can neither be used nor given up.</summary>
    TryLater,

    /// <summary>On to the upstream.</summary>
    Granted,
}
