namespace ExtAuthz.Domain.Routes;

/// <summary>The request target as Envoy reports it, cut at the first <c>?</c> and otherwise untouched.</summary>
public readonly record struct RequestTarget
{
    private RequestTarget(string path, string? query)
    {
        Path = path;
        Query = query;
    }

    /// <summary>The path: undecoded, possibly hostile.</summary>
    public string Path { get; }

    /// <summary>What follows the first <c>?</c>, without it; null when there is none.</summary>
    public string? Query { get; }

    /// <summary>Characters of the whole target, its <c>?</c> included.</summary>
    public int Length => Path.Length + (Query is null ? 0 : 1 + Query.Length);

    /// <summary>Cuts a raw request target; nothing is decoded or refused here.</summary>
    public static RequestTarget Parse(string raw)
    {
        var mark = raw.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? new RequestTarget(raw, null) : new RequestTarget(raw[..mark], raw[(mark + 1)..]);
    }

    /// <summary>The path alone: queries hold codes and tokens.</summary>
    public override string ToString() => Path;
}
