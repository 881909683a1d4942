namespace ExtAuthz.Domain;

/// <summary>The body of a request.</summary>
/// <param name="Text">The text; never log it.</param>
public readonly record struct RequestBody(string Text)
{
    /// <summary>A placeholder: forms hold tokens.</summary>
    public override string ToString() => "[body]";
}
