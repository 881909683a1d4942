namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>What became of an attempt at discovery.</summary>
internal abstract record DiscoveryResult
{
    private DiscoveryResult() { }

    /// <summary>Metadata to trust.</summary>
    public sealed record Accepted(ProviderMetadata Metadata) : DiscoveryResult;

    /// <summary>Nothing to trust; what was known before stays for a while.</summary>
    public sealed record Refused(DiscoveryFault Fault) : DiscoveryResult;
}
