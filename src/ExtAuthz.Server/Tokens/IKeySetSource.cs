namespace ExtAuthz.Server.Tokens;

/// <summary>Where the key set comes from: from the provider, or through what the replicas share of it.</summary>
internal interface IKeySetSource
{
    /// <summary>A set, or why there is none; null when a fetch for an unknown key would come too soon after that of another replica. Asked by one at a time.</summary>
    Task<JwksResult?> FetchAsync(FetchReason reason, CancellationToken cancellationToken);
}
