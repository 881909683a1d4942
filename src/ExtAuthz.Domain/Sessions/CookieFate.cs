namespace ExtAuthz.Domain.Sessions;

/// <summary>What becomes of the session cookie of a request that has no session.</summary>
public enum CookieFate
{
    /// <summary>Nothing: there is none, or it may yet be good.</summary>
    Keep,

    /// <summary>It is of no use any more.</summary>
    Delete,

    /// <summary>Several contradict each other: the one for this host and the one for the domain both go.</summary>
    DeleteEverySpelling,
}
