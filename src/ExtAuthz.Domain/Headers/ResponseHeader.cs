namespace ExtAuthz.Domain.Headers;

/// <summary>A header for the browser.</summary>
/// <param name="Name">The lower-case name.</param>
/// <param name="Value">The value: visible ASCII, space and tab.</param>
/// <param name="Added">Beside what the upstream sends (<c>set-cookie</c>, <c>vary</c>) rather than instead of it.</param>
public readonly record struct ResponseHeader(string Name, string Value, bool Added = false)
{
    /// <summary>The name alone; values may be secrets.</summary>
    public override string ToString() => Name;
}
