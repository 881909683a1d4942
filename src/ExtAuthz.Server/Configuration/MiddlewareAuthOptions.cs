namespace ExtAuthz.Server.Configuration;

/// <summary>AuthKit's <c>middlewareAuth</c>: which paths need a session.</summary>
internal sealed class MiddlewareAuthOptions
{
    public bool Enabled { get; set; } = true;

    public List<string> UnauthenticatedPaths { get; } = [];

    public bool UnsafeAllowAllPaths { get; set; }
}
