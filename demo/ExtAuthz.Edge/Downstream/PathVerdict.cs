namespace ExtAuthz.Edge.Downstream;

/// <summary>What path normalisation asks for. Paths hold their query.</summary>
internal abstract record PathVerdict
{
    private PathVerdict()
    {
    }

    public sealed record Forward(string Path) : PathVerdict;

    public sealed record Redirect(string Path) : PathVerdict;

    public sealed record Reject : PathVerdict;
}
