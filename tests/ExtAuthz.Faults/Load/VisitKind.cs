namespace ExtAuthz.Faults.Load;

/// <summary>How a visit ended.</summary>
internal enum VisitKind
{
    /// <summary>The page, as a signed-in user.</summary>
    Allowed,

    /// <summary>To sign in, or 401: what never may happen for a fault.</summary>
    SignedOut,

    /// <summary>503 until the user lost patience.</summary>
    GivenUp,
}
