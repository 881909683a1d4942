namespace ExtAuthz.Domain.SignIn;

/// <summary>Why what the provider tells of a logout is refused (OpenID Connect Back-Channel Logout section 2.6). The names are reason codes: a contract with providers' logs and ours.</summary>
public enum LogoutFault
{
    /// <summary>Envoy did not send the body: it is not told to for this path.</summary>
    BodyMissing,

    /// <summary>Not a form with exactly one <c>logout_token</c>; in the front channel, not exactly one <c>iss</c> and one <c>sid</c>.</summary>
    Malformed,

    /// <summary>Not a JWT.</summary>
    TokenUndecodable,

    /// <summary>A rule that holds for every token: algorithm, kind, key, signature, end or life.</summary>
    TokenNotUsable,

    /// <summary>Another issuer.</summary>
    Issuer,

    /// <summary>Not for us, or for others too.</summary>
    Audience,

    /// <summary>Issued too long ago, in the future, or nobody knows when.</summary>
    Age,

    /// <summary>Not a logout token: it tells of no logout, or has a <c>nonce</c> as ID tokens have.</summary>
    NoLogout,

    /// <summary>It has no id of its own (<c>jti</c>).</summary>
    TokenId,

    /// <summary>It names neither a session nor a user, or one that can not be.</summary>
    Subject,

    /// <summary>It came before.</summary>
    Replayed,
}
