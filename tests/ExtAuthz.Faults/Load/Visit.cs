using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Load;

/// <summary>What a browser saw of one request, retries included.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="UserId">Whom upstream was told; null unless allowed.</param>
/// <param name="SetCookie">The session cookie that came with it.</param>
/// <param name="Took">From the first try to the answer that counts.</param>
/// <param name="Busy">How many 503 came before.</param>
/// <param name="BusyFor">From the first try to the last 503; zero without one.</param>
/// <param name="By">The replica that answered last; null when it did not.</param>
internal sealed record Visit(VisitKind Kind, string? UserId, string? SetCookie, TimeSpan Took, int Busy, TimeSpan BusyFor, Replica? By)
{
    /// <summary>When it ended.</summary>
    public long At { get; } = TimeProvider.System.GetTimestamp();
}
