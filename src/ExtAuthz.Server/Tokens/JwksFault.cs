namespace ExtAuthz.Server.Tokens;

/// <summary>Why an answer of the key set endpoint was not taken. A closed set, fit for a metric tag.</summary>
internal enum JwksFault
{
    /// <summary>The provider's metadata, which tell the address, could not be had or are not trusted.</summary>
    Undiscovered,

    /// <summary>No answer: name, connection, TLS or a broken body.</summary>
    Unreachable,

    /// <summary>No whole answer in time.</summary>
    TimedOut,

    /// <summary>Another status than 200; a redirect is not followed.</summary>
    Status,

    /// <summary>Not JSON by its <c>Content-Type</c>, or compressed.</summary>
    ContentType,

    /// <summary>More bytes than a key set needs.</summary>
    TooLarge,

    /// <summary>Not a strict JSON object with a list of keys.</summary>
    Malformed,

    /// <summary>A private key is in it: whoever serves this does not guard keys.</summary>
    PrivateKey,

    /// <summary>No key in it can verify a signature.</summary>
    NoUsableKey,

    /// <summary>More usable keys than a provider has.</summary>
    TooManyKeys,
}
