using System.Collections.Frozen;
using System.Collections.Immutable;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Which OpenID Connect provider to talk to, and as whom.</summary>
internal sealed record OpenIdConnectSettings
{
    /// <summary>The issuer, byte for byte as its metadata and tokens name it.</summary>
    public required string Issuer { get; init; }

    public required string ClientId { get; init; }

    public required ClientAuthentication ClientAuthentication { get; init; }

    /// <summary>The secret; empty where a key signs instead.</summary>
    public ClientSecret ClientSecret { get; init; } = new("");

    /// <summary>The key; null where a secret serves.</summary>
    public ClientKey? ClientKey { get; init; }

    /// <summary>The redirect URI as registered, byte for byte.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>The scopes to ask for, separated by spaces.</summary>
    public required string Scope { get; init; }

    /// <summary>Whom access tokens must be for (<c>aud</c>).</summary>
    public required string Audience { get; init; }

    /// <summary>The parameter that asks for this audience: <c>resource</c> (RFC 8707), or another name; empty for none.</summary>
    public string AudienceParameter { get; init; } = "";

    /// <summary>The parameter that asks for an organisation; empty for none.</summary>
    public string OrganizationParameter { get; init; } = "";

    /// <summary>Hosts that endpoints may be on beside the issuer's own.</summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];

    public ClaimNames ClaimNames { get; init; } = new();

    /// <summary>A provider on this machine may use cleartext and have endpoints here.</summary>
    public bool IsOnThisMachine => new Uri(Issuer).IsLoopback;

    /// <summary>What a token must satisfy.</summary>
    public TokenRules TokenRules => new() { ClientId = ClientId, Issuers = new[] { Issuer }.ToFrozenSet(StringComparer.Ordinal), Audience = Audience, ClaimNames = ClaimNames };
}
