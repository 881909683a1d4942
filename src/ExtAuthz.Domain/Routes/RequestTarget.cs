namespace ExtAuthz.Domain.Routes;

/// <summary>
/// The request target as Envoy reports it in <c>attributes.request.http.path</c>: path and query, cut at the first <c>?</c> and never decoded.
/// It prints without its query, which may hold codes and tokens.
/// </summary>
public readonly record struct RequestTarget
{
    private readonly string? _raw;

    public RequestTarget(string raw) => _raw = raw;

    /// <summary>The whole target, query included, byte for byte. Never log it.</summary>
    public string Raw => _raw ?? "";

    /// <summary>Everything before the first <c>?</c>.</summary>
    public ReadOnlySpan<char> Path => Raw.AsSpan(0, PathLength);

    /// <summary>The first <c>?</c> and everything after it; empty when there is none.</summary>
    public ReadOnlySpan<char> Query => Raw.AsSpan(PathLength);

    private int PathLength => Raw.IndexOf('?', StringComparison.Ordinal) is var cut and >= 0 ? cut : Raw.Length;

    /// <summary>The path without the query.</summary>
    public override string ToString() => Path.ToString();
}
