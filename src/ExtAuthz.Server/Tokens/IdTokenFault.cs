namespace ExtAuthz.Server.Tokens;

/// <summary>Why an ID token is refused.</summary>
internal enum IdTokenFault
{
    /// <summary>Not a JWT.</summary>
    Undecodable,

    /// <summary>A rule that holds for every token: algorithm, type, key, signature, time or subject.</summary>
    NotUsable,

    /// <summary>Another issuer.</summary>
    Issuer,

    /// <summary>Not for us, or also for an audience we do not trust.</summary>
    Audience,

    /// <summary><c>azp</c> is another client, or missing where there are several audiences.</summary>
    AuthorizedParty,

    /// <summary>Not the answer to our request.</summary>
    Nonce,

    /// <summary>Another subject than expected.</summary>
    Subject,

    /// <summary><c>at_hash</c> is of another access token.</summary>
    AccessTokenHash,

    /// <summary>Issued, or the user authenticated, too long ago.</summary>
    Age,
}
