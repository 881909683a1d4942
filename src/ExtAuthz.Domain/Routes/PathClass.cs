namespace ExtAuthz.Domain.Routes;

/// <summary>What a request's path alone says about the request.</summary>
public enum PathClass
{
    /// <summary>Answer 400: not a request target that any upstream should see.</summary>
    Rejected,

    /// <summary>A session is required.</summary>
    Protected,

    /// <summary>The path may be served without a session.</summary>
    Public,
}
