namespace ExtAuthz.Server.Tokens;

/// <summary>Why a key set is asked for.</summary>
internal enum FetchReason
{
    /// <summary>There is none, or it is time for a new one.</summary>
    Due,

    /// <summary>A token names a key that is in no set.</summary>
    UnknownKey,
}
