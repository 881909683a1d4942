namespace ExtAuthz.Server.Tokens;

/// <summary>The keys to verify with now.</summary>
/// <param name="Current">The newest set.</param>
/// <param name="Previous">The set before it, for the short time in which other replicas and the provider may still use it.</param>
internal sealed record KeyRing(JsonWebKeySet Current, JsonWebKeySet? Previous);
