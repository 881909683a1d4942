namespace ExtAuthz.Server.Redis;

/// <summary>The kinds of records that replicas share.</summary>
internal enum RecordType
{
    /// <summary>Who refreshes a token just now.</summary>
    Lock,

    /// <summary>When a token was first sent to the provider, and how often.</summary>
    Attempt,

    /// <summary>What its refresh came to.</summary>
    Result,

    /// <summary>Why it was not renewed.</summary>
    Failure,

    /// <summary>The token before it.</summary>
    Predecessor,

    /// <summary>It was exchanged, and its successor is in use.</summary>
    Tombstone,

    /// <summary>A session was ended.</summary>
    Revocation,

    /// <summary>Something was used that may be used once.</summary>
    Used,

    /// <summary>The provider's signing keys.</summary>
    KeySet,
}
