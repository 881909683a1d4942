using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Refresh;

/// <summary>Makes sure that one refresh token is exchanged once, whoever asks and how often.</summary>
public interface IRefreshCoordinator
{
    /// <summary>
    /// Starts the refresh or joins the one under way, and waits for it no longer than <paramref name="patience"/>.
    /// The refresh itself goes on when the caller stops waiting: it belongs to the token, not to the request.
    /// </summary>
    Task<RefreshResult> RefreshAsync(RefreshGrant grant, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>A browser came with this session: the answer that brought it arrived.</summary>
    void Acknowledge(Session session);
}
