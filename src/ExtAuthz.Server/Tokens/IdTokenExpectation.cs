using System.Collections.Immutable;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tokens;

/// <summary>What the ID token of one sign-in must say (OpenID Connect Core section 3.1.3.7).</summary>
internal sealed record IdTokenExpectation
{
    /// <summary>The issuer it was requested from.</summary>
    public required string Issuer { get; init; }

    /// <summary>The nonce of the authorization request; null after a refresh, which has none (OpenID Connect Core section 12.2).</summary>
    public required string? Nonce { get; init; }

    /// <summary>The access token that came with it (<c>at_hash</c>).</summary>
    public required AccessToken AccessToken { get; init; }

    /// <summary>The user, where another answer already named one.</summary>
    public string? Subject { get; init; }

    /// <summary>The <c>max_age</c> of the request, if it had one.</summary>
    public TimeSpan? MaximumAuthenticationAge { get; init; }

    /// <summary>Audiences that may stand beside us.</summary>
    public ImmutableArray<string> TrustedAudiences { get; init; } = [];
}
