namespace ExtAuthz.Domain.Tokens;

/// <summary>What verification says of an access token. Unverifiable is not invalid: without keys nothing is known.</summary>
public abstract record TokenVerdict
{
    private TokenVerdict() { }

    /// <summary>Signature and claims hold now.</summary>
    public sealed record Accepted(AccessTokenClaims Claims) : TokenVerdict;

    /// <summary>A well-formed token that may not be used: expired, wrong key, wrong issuer. The session may still be refreshed.</summary>
    /// <param name="Fault">The first rule that failed.</param>
    /// <param name="OrganizationId">The unverified <c>org_id</c>, so that a refresh stays in the organisation.</param>
    /// <param name="SessionId">The unverified <c>sid</c>, for logs and revocation.</param>
    public sealed record NotUsable(TokenFault Fault, string? OrganizationId, string? SessionId) : TokenVerdict
    {
        /// <summary>The unverified <c>iat</c>, for revocation.</summary>
        public DateTimeOffset? IssuedAt { get; init; }
    }

    /// <summary>Not a JWT at all; the session that carries it ends.</summary>
    public sealed record Undecodable : TokenVerdict;

    /// <summary>No key set could be had; neither accept nor end anything.</summary>
    public sealed record Unverifiable : TokenVerdict;
}
