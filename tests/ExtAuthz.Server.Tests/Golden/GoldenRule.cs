namespace ExtAuthz.Server.Tests.Golden;

/// <summary>Which rule of docs/deviations.md a recording falls under, found by its content alone.</summary>
internal enum GoldenRule
{
    /// <summary>None: the answer is the reference's.</summary>
    AsRecorded,

    /// <summary>G1: a bad setting refuses to start.</summary>
    RefusedSetting,

    /// <summary>G2: <c>*</c> and <c>**</c> are patterns.</summary>
    GlobPattern,

    /// <summary>G3: a seal without its token's user is no session.</summary>
    NotTheUsersToken,

    /// <summary>G4: without keys nothing is decided.</summary>
    NoKeys,

    /// <summary>G5: only the provider's word ends a session; a protected path, or a switch of organisation, waits with 503.</summary>
    ProviderFault,

    /// <summary>T1 to T9: a token that the reference takes and we do not; it is refreshed.</summary>
    StricterToken,

    /// <summary>G6: a failed sign-in ends with a page, not with JSON.</summary>
    CallbackFailure,

    /// <summary>G15: a switch that needs a sign-in begins it.</summary>
    SwitchNeedsSignIn,

    /// <summary>G16: a refused switch is a page, and the session goes on.</summary>
    SwitchRefused,
}
