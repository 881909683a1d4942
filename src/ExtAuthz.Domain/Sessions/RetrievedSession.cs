namespace ExtAuthz.Domain.Sessions;

/// <summary>What the cookies of a request say about its session.</summary>
public abstract record RetrievedSession
{
    private RetrievedSession() { }

    /// <summary>No cookie of that name.</summary>
    public sealed record None : RetrievedSession;

    /// <summary>A session that we sealed. Its tokens are not verified yet.</summary>
    public sealed record Found(SealedSession Sealed, Session Session) : RetrievedSession;

    /// <summary>There is such a cookie, and it is none of ours: forged, foreign, damaged or expired.</summary>
    public sealed record Unreadable : RetrievedSession;

    /// <summary>Two different sessions; none may be chosen by its place in the header.</summary>
    public sealed record Ambiguous : RetrievedSession;
}
