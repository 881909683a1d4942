namespace ExtAuthz.Domain;

/// <summary>How a signed-out request to a protected path is answered.</summary>
public enum UnauthenticatedResponse
{
    /// <summary>A redirect for documents, 401 for everything else.</summary>
    PerClient,

    /// <summary>A redirect for every client, as the AuthKit middleware does.</summary>
    Redirect,
}
