using System.Collections.Immutable;

namespace ExtAuthz.Domain.Tokens;

/// <summary>What a verified access token says, in the terms of WorkOS AuthKit.</summary>
public sealed record AccessTokenClaims
{
    /// <summary>The user (<c>sub</c>): 1 to 255 characters without controls.</summary>
    public required string Subject { get; init; }

    /// <summary>The provider's session (<c>sid</c>), if the token names one.</summary>
    public string? SessionId { get; init; }

    /// <summary>The organisation the session is in (<c>org_id</c>).</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The role in that organisation (<c>role</c>).</summary>
    public string? Role { get; init; }

    /// <summary>All roles (<c>roles</c>).</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>Permissions (<c>permissions</c>).</summary>
    public ImmutableArray<string> Permissions { get; init; } = [];

    /// <summary>Entitlements (<c>entitlements</c>).</summary>
    public ImmutableArray<string> Entitlements { get; init; } = [];

    /// <summary>Feature flags (<c>feature_flags</c>).</summary>
    public ImmutableArray<string> FeatureFlags { get; init; } = [];

    /// <summary>When the token ends (<c>exp</c>, RFC 7519 section 4.1.4).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the user last proved who they are (<c>auth_time</c>, OpenID Connect Core section 2), if the token says so.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>When it was issued (<c>iat</c>), if it says so.</summary>
    public DateTimeOffset? IssuedAt { get; init; }
}
