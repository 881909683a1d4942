namespace ExtAuthz.Server.Redis;

/// <summary>What one replica tells the others of the end of sessions.</summary>
internal abstract record RevocationNews
{
    private RevocationNews() { }

    /// <summary>A session was ended.</summary>
    public sealed record SessionEnded(string SessionId) : RevocationNews;

    /// <summary>A session began whose id may be that of an ended one: tokens issued from this moment on count.</summary>
    public sealed record SessionBegan(string SessionId, DateTimeOffset IssuedAt) : RevocationNews;

    /// <summary>All sessions of a user were ended whose tokens were issued by this moment.</summary>
    public sealed record UserEnded(string UserId, DateTimeOffset IssuedBy) : RevocationNews;
}
