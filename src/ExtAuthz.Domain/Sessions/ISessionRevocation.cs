namespace ExtAuthz.Domain.Sessions;

/// <summary>Remembers sessions that were ended before their access tokens are.</summary>
public interface ISessionRevocation
{
    /// <summary>Says whether the session was ended, by itself or with all of its user's. Asked on every request: it must not wait.</summary>
    bool IsRevoked(in SessionIdentity session);

    /// <summary>The same by the latest that anybody knows: for a session that is about to go on with new tokens.</summary>
    ValueTask<bool> IsRevokedAsync(SessionIdentity session, CancellationToken cancellationToken);

    /// <summary>Ends a session: none of its tokens is accepted any more, nor any that a refresh under way may bring.</summary>
    /// <param name="sessionId">The provider's session id (<c>sid</c>).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask RevokeAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a session begin that a sign-in has just brought, though it may have the id of one that was ended: a provider whose own session goes on gives the same again.
    /// What was ended before stays so: tokens count from this one on.
    /// </summary>
    /// <param name="session">The new session.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask BeginAsync(SessionIdentity session, CancellationToken cancellationToken);

    /// <summary>
    /// Ends every session of a user whose access token was issued at that moment or before, or says nothing of when. A later sign-in is another session.
    /// </summary>
    /// <param name="userId">The provider's user id (<c>sub</c>).</param>
    /// <param name="issuedBy">The moment.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask RevokeUserAsync(string userId, DateTimeOffset issuedBy, CancellationToken cancellationToken);
}
