namespace ExtAuthz.Domain.Refresh;

/// <summary>
/// What is known of refresh tokens, for all who share it: the requests of one process, or all replicas. It only saves exchanges;
/// that nobody is signed out by two of them rests on the provider's replay window and on results being written once.
/// </summary>
public interface IRefreshRecords
{
    /// <summary>Asks to exchange a token, or whether one still may. Intent is written before anything is sent to the provider.</summary>
    /// <param name="grant">The refresh.</param>
    /// <param name="owner">Who asks: unguessable and of one refresh. Who holds the claim already still does.</param>
    /// <param name="cancellationToken">The end of the process.</param>
    ValueTask<RefreshClaim> ClaimAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken);

    /// <summary>Makes a result known and gives the claim up. A renewal is written once: whoever comes second gets the first one's.</summary>
    /// <returns>The result that stands.</returns>
    ValueTask<RefreshResult> PublishAsync(RefreshGrant grant, string owner, RefreshResult result, CancellationToken cancellationToken);

    /// <summary>Gives a claim up without a result.</summary>
    ValueTask ReleaseAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken);

    /// <summary>A browser came with this token, so the answer that brought it arrived: the one before is needed a little while longer only, and is never sent to the provider again.</summary>
    void Acknowledge(Tokens.RefreshToken successor);
}
