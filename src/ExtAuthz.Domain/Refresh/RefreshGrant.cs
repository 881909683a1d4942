using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Refresh;

/// <summary>A refresh to be made (RFC 6749 section 6): equal grants are one refresh.</summary>
/// <param name="RefreshToken">The token to exchange.</param>
/// <param name="OrganizationId">The organisation the new token shall be for; null leaves the choice to the provider.</param>
public sealed record RefreshGrant(RefreshToken RefreshToken, string? OrganizationId)
{
    /// <summary>The session to go on with: what the provider does not repeat stays as it was. It is no part of what makes grants equal.</summary>
    public Session? Session { get; init; }

    /// <summary>Which session that is, as far as it was verified; null when nobody asks. It is no part of what makes grants equal either.</summary>
    public SessionIdentity? Identity { get; init; }

    public bool Equals(RefreshGrant? other) =>
        other is not null && RefreshToken == other.RefreshToken && string.Equals(OrganizationId, other.OrganizationId, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(RefreshToken, OrganizationId);
}
