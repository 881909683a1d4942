namespace ExtAuthz.Server.Configuration;

/// <summary>How a request without a session is answered on a protected path.</summary>
internal enum UnauthenticatedResponse
{
    /// <summary>Documents are redirected; scripts, APIs and gRPC get 401.</summary>
    PerClient,

    /// <summary>Everything is redirected, as AuthKit does.</summary>
    Redirect,
}
