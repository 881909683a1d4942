namespace ExtAuthz.Domain.Routes;

/// <summary>What reading a path pattern comes to.</summary>
public abstract record PathPatternResult
{
    private PathPatternResult()
    {
    }

    /// <summary>The pattern is understood.</summary>
    public sealed record Parsed(PathPattern Pattern) : PathPatternResult;

    /// <summary>The pattern is refused; both sentences are for the operator who wrote it.</summary>
    /// <param name="Fault">What is wrong with it.</param>
    /// <param name="Fix">What to write instead.</param>
    public sealed record Invalid(string Fault, string Fix) : PathPatternResult;
}
