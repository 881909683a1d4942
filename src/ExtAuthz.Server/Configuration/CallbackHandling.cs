namespace ExtAuthz.Server.Configuration;

/// <summary>Who answers the redirect URI.</summary>
internal enum CallbackHandling
{
    /// <summary>This service exchanges the code and sets the session cookie.</summary>
    Handle,

    /// <summary>The application behind Envoy does.</summary>
    PassThrough,
}
