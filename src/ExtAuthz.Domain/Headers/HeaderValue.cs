namespace ExtAuthz.Domain.Headers;

/// <summary>A header to be set.</summary>
/// <param name="Name">The lower-case name.</param>
/// <param name="Value">The value: visible ASCII, space and tab.</param>
public readonly record struct HeaderValue(string Name, string Value)
{
    /// <summary>The name alone; values may be secrets.</summary>
    public override string ToString() => Name;
}
