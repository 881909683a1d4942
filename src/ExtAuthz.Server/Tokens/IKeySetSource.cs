namespace ExtAuthz.Server.Tokens;

/// <summary>Where the key set comes from: from the provider, or through what the replicas share of it.</summary>
internal interface IKeySetSource
{
    /// <summary>A set, or why there is none. Asked by one at a time.</summary>
    /// <param name="unknownKeyId">The key that a token names and that is in no set; null when it is simply time for a set.</param>
    /// <param name="cancellationToken">Ends the fetch.</param>
    /// <returns>Null when a fetch for an unknown key would come too soon after another replica's.</returns>
    Task<JwksResult?> FetchAsync(string? unknownKeyId, CancellationToken cancellationToken);
}
