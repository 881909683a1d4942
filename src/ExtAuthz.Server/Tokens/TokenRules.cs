using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ExtAuthz.Server.Tokens;

/// <summary>What an access token must satisfy besides its signature (rules J1 to J18 of the threat model).</summary>
internal sealed record TokenRules
{
    /// <summary>Our own client (<c>client_id</c>), and of ID tokens the audience.</summary>
    public required string ClientId { get; init; }

    /// <summary>The issuers that may have issued it, byte for byte; none at all means that the issuer is not checked.</summary>
    public required FrozenSet<string> Issuers { get; init; }

    /// <summary>The audience that must be among its own (<c>aud</c>); null where the issuer writes none.</summary>
    public string? Audience { get; init; }

    /// <summary>The names of the claims that no standard names.</summary>
    public ClaimNames ClaimNames { get; init; } = new();

    /// <summary>The signature algorithms of the issuer.</summary>
    public ImmutableArray<SignatureAlgorithm> Algorithms { get; init; } = [SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256];

    /// <summary>How long a token may be, in characters.</summary>
    public int MaximumLength { get; init; } = 8192;

    /// <summary>How long a token may be valid, from <c>iat</c> or else from now, to <c>exp</c>.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How far the issuer's clock may be ahead in <c>iat</c> and <c>nbf</c>. <c>exp</c> has no such grace.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The spellings in which WorkOS names itself as issuer: old environments, and those since 2025.</summary>
    /// <param name="apiBase">The base address of the API without a slash at its end.</param>
    /// <param name="clientId">Our own client.</param>
    public static FrozenSet<string> WorkOSIssuers(string apiBase, string clientId)
    {
        const string Hosted = "https://api.workos.com";
        string[] issuers = [Hosted, $"{Hosted}/", apiBase, $"{apiBase}/", $"{Hosted}/user_management/{clientId}", $"{apiBase}/user_management/{clientId}"];
        return issuers.ToFrozenSet(StringComparer.Ordinal);
    }
}
