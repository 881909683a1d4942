namespace ExtAuthz.Server.Configuration;

/// <summary>What the upstream gets in <c>x-workos-session</c>.</summary>
internal enum ForwardSession
{
    /// <summary>The sealed session, as AuthKit's <c>withAuth</c> expects it.</summary>
    Sealed,

    /// <summary>The same without its refresh token.</summary>
    SealedWithoutRefreshToken,

    /// <summary>Nothing.</summary>
    None,
}
