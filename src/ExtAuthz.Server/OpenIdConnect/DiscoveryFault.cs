namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Why a provider's metadata were not taken.</summary>
internal enum DiscoveryFault
{
    /// <summary>No answer: name, connection, TLS or a broken body.</summary>
    Unreachable,

    /// <summary>No whole answer in time.</summary>
    TimedOut,

    /// <summary>Another status than 200; a redirect is not followed.</summary>
    Status,

    /// <summary>More bytes than metadata need.</summary>
    TooLarge,

    /// <summary>Not strict JSON, or members of a wrong type.</summary>
    Malformed,

    /// <summary>The metadata of another issuer.</summary>
    Issuer,

    /// <summary>An endpoint that we need is missing, is not https, or is where this provider's must not be.</summary>
    Endpoint,

    /// <summary>PKCE with S256 is not among the methods it lists.</summary>
    Pkce,
}
