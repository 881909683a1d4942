namespace ExtAuthz.Domain.Sessions;

/// <summary>Remembers sessions that were ended before their access tokens are.</summary>
public interface ISessionRevocation
{
    /// <summary>Says whether the session was ended.</summary>
    /// <param name="sessionId">The provider's session id (<c>sid</c>).</param>
    bool IsRevoked(string sessionId);

    /// <summary>Ends a session: none of its tokens is accepted any more, nor any that a refresh under way may bring.</summary>
    /// <param name="sessionId">The provider's session id (<c>sid</c>).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask RevokeAsync(string sessionId, CancellationToken cancellationToken);
}
