namespace ExtAuthz.Domain.Sessions;

/// <summary>What <c>x-workos-session</c> tells the upstream.</summary>
public enum ForwardSession
{
    /// <summary>The whole sealed session, as AuthKit's <c>withAuth</c> expects it. Every upstream that has the password can refresh.</summary>
    Sealed,

    /// <summary>The sealed session without its refresh token: readable by <c>withAuth</c>, useless for refreshing.</summary>
    SealedWithoutRefreshToken,

    /// <summary>No such header.</summary>
    None,
}
