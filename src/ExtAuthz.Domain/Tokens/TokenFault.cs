namespace ExtAuthz.Domain.Tokens;

/// <summary>Why a well-formed access token may not be used. A closed set, fit for a metric tag.</summary>
public enum TokenFault
{
    /// <summary>The algorithm is not one of the issuer's asymmetric ones, or not the key's.</summary>
    Algorithm,

    /// <summary>A header member that changes the meaning of the token: <c>crit</c>, <c>b64</c>, <c>zip</c>, <c>enc</c>, <c>cty</c>.</summary>
    Header,

    /// <summary>The <c>typ</c> is of another kind of token.</summary>
    Type,

    /// <summary>No key of the set fits.</summary>
    Key,

    /// <summary>The signature does not hold.</summary>
    Signature,

    /// <summary><c>exp</c> is missing, not a number or past.</summary>
    Expired,

    /// <summary><c>nbf</c>, <c>iat</c> or the lifetime is out of bounds.</summary>
    Time,

    /// <summary>The subject is missing or malformed.</summary>
    Subject,

    /// <summary>Another issuer.</summary>
    Issuer,

    /// <summary>Issued to another client.</summary>
    Client,

    /// <summary>Meant for another audience.</summary>
    Audience,
}
