namespace ExtAuthz.Domain.Routes;

/// <summary>How many ways a request target can be read.</summary>
internal enum PathShape
{
    /// <summary>Not a legal request target.</summary>
    Malformed,

    /// <summary>Legal, but two servers may read two different paths from it.</summary>
    Ambiguous,

    /// <summary>Every server reads the same path.</summary>
    Plain,
}
