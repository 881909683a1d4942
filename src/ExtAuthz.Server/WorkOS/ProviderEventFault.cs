namespace ExtAuthz.Server.WorkOS;

/// <summary>Why an event of the provider is not believed.</summary>
internal enum ProviderEventFault
{
    /// <summary>It is longer than any that we want.</summary>
    TooLarge,

    /// <summary>It is not signed with our secret, or too old.</summary>
    Signature,

    /// <summary>It is signed, and is no event.</summary>
    Malformed,
}
