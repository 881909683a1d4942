using System.Collections.Immutable;

namespace ExtAuthz.Domain.Refresh;

/// <summary>How an attempt to revoke a refresh token ended (RFC 7009). It never stands in the way of a sign-out.</summary>
public abstract record RevocationOutcome
{
    private RevocationOutcome() { }

    /// <summary>What there is to tell of it; nothing unless it failed.</summary>
    public ImmutableArray<SessionEvent> Events => this is Failed failed ? [new SessionEvent.RefreshTokenNotRevoked(failed.Cause)] : [];

    /// <summary>The token is of no use any more.</summary>
    public sealed record Revoked : RevocationOutcome;

    /// <summary>The provider has no place to revoke a token.</summary>
    public sealed record NotOffered : RevocationOutcome;

    /// <summary>The provider did not do it.</summary>
    /// <param name="Cause">A short cause without secrets, for logs.</param>
    public sealed record Failed(string Cause) : RevocationOutcome;
}
