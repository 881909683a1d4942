using System.Collections.Immutable;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Server.OpenIdConnect;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Configuration;

/// <summary>One site with its own provider, cookie and rules. One of the two providers is set.</summary>
/// <param name="Site">What the core needs to know.</param>
/// <param name="Hosts">The hosts it answers for, as in <c>Host</c> and without a default port; none stands for every host.</param>
/// <param name="WorkOS">The WorkOS environment.</param>
/// <param name="OpenIdConnect">The OpenID Connect provider.</param>
/// <param name="Passwords">What seals its cookies.</param>
internal sealed record SiteSettings(Site Site, ImmutableArray<string> Hosts, WorkOSSettings? WorkOS, OpenIdConnectSettings? OpenIdConnect, PasswordRing Passwords)
{
    /// <summary>How long the provider answers a rotated refresh token with the same tokens; zero for never.</summary>
    public required TimeSpan ReplayWindow { get; init; }

    /// <summary>How long an old cookie leads to the new one.</summary>
    public required RefreshRecordLife RecordLife { get; init; }

    /// <summary>The provider and our client there: what is shared in Redis is shared by replicas that have the same.</summary>
    public string ConfigurationId => OpenIdConnect is { } provider ? $"{provider.Issuer} {provider.ClientId}" : $"{WorkOS?.BaseUrl} {WorkOS?.ClientId}";
}
