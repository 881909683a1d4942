namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>What we use of a provider's metadata (OpenID Connect Discovery section 3), checked.</summary>
internal sealed record ProviderMetadata
{
    public required Uri AuthorizationEndpoint { get; init; }

    public required Uri TokenEndpoint { get; init; }

    /// <summary>Where its keys are (<c>jwks_uri</c>).</summary>
    public required Uri KeySet { get; init; }

    /// <summary>Where a browser ends its session (OpenID Connect RP-Initiated Logout section 2.1), if anywhere.</summary>
    public Uri? EndSessionEndpoint { get; init; }

    /// <summary>Where refresh tokens are revoked (RFC 8414 section 2), if anywhere.</summary>
    public Uri? RevocationEndpoint { get; init; }

    /// <summary>Whether authorization responses carry <c>iss</c> (RFC 9207 section 3).</summary>
    public bool PromisesIssuer { get; init; }

    /// <summary>Whether <c>prompt=create</c> leads to registration (Initiating User Registration via OpenID Connect section 4).</summary>
    public bool CanPromptCreate { get; init; }
}
