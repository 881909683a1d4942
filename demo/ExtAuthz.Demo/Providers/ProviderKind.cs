namespace ExtAuthz.Demo.Providers;

/// <summary>The identity providers that the demo can start; their names are those of option <c>--provider</c>.</summary>
internal enum ProviderKind
{
    /// <summary>Our own development WorkOS, in this process.</summary>
    WorkOS,

    /// <summary>npm's certified OpenID Connect provider, in a process of its own.</summary>
    Oidc,
}
