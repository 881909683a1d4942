namespace ExtAuthz.Server.Configuration;

/// <summary>Who signs users in.</summary>
internal enum IdentityProviderKind
{
    /// <summary>WorkOS AuthKit, through its API.</summary>
    WorkOS,

    /// <summary>Any OpenID Connect provider, through discovery.</summary>
    OpenIdConnect,
}
