using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Benchmarks;

/// <summary>Accepts every token as one user's, with the claims that an ordinary session has.</summary>
internal sealed class AcceptingVerifier : IAccessTokenVerifier
{
    public const string UserId = "user_01ADALOVELACE";

    private static readonly TokenVerdict Accepted = new TokenVerdict.Accepted(new AccessTokenClaims
    {
        Subject = UserId,
        SessionId = "session_01BENCHMARK",
        OrganizationId = "org_01ANALYTICALENGINES",
        Role = "admin",
        Roles = ["admin"],
        Permissions = ["engines:read", "engines:write"],
        ExpiresAt = DateTimeOffset.MaxValue,
    });

    public int KeyGeneration => 1;

    public ValueTask<TokenVerdict> VerifyAsync(AccessToken token, CancellationToken cancellationToken) => new(Accepted);
}
