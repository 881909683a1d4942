using ExtAuthz.Server.OpenIdConnect;

namespace ExtAuthz.Server.Configuration;

/// <summary>The provider where it is not WorkOS.</summary>
internal sealed class OpenIdConnectOptions
{
    public string? Issuer { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>PEM file of our own key.</summary>
    public string? ClientKeyPath { get; set; }

    public ClientAuthentication ClientAuthentication { get; set; } = ClientAuthentication.ClientSecretBasic;

    public string Scopes { get; set; } = "openid profile email offline_access";

    /// <summary>The <c>aud</c> of access tokens.</summary>
    public string? Audience { get; set; }

    /// <summary>RFC 8707's name; some providers have their own.</summary>
    public string AudienceParameter { get; set; } = "resource";

    public string OrganizationParameter { get; set; } = "";

    /// <summary>Where the provider posts logout tokens; empty for nowhere.</summary>
    public string BackChannelLogoutPath { get; set; } = "/.auth/backchannel-logout";

    /// <summary>What the provider's pages load in a frame to end a session; empty for nothing.</summary>
    public string FrontChannelLogoutPath { get; set; } = "/.auth/frontchannel-logout";

    public List<string> AllowedHosts { get; } = [];

    public ClaimMappingOptions ClaimMapping { get; } = new();
}
