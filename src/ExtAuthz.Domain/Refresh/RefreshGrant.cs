using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Refresh;

/// <summary>A refresh to be made (RFC 6749 section 6): equal grants are one refresh.</summary>
/// <param name="RefreshToken">The token to exchange.</param>
/// <param name="OrganizationId">The organisation the new token shall be for; null leaves the choice to the provider.</param>
public sealed record RefreshGrant(RefreshToken RefreshToken, string? OrganizationId);
