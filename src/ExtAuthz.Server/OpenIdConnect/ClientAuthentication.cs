namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>How we prove at the token endpoint who we are (OpenID Connect Core section 9).</summary>
internal enum ClientAuthentication
{
    /// <summary><c>client_secret_basic</c>: the secret in an <c>Authorization</c> header.</summary>
    ClientSecretBasic,

    /// <summary><c>client_secret_post</c>: the secret in the body.</summary>
    ClientSecretPost,

    /// <summary><c>private_key_jwt</c>: an assertion signed by our own key, so that no secret is shared.</summary>
    PrivateKeyJwt,
}
