namespace ExtAuthz.Domain.Headers;

/// <summary>One cookie of a <c>cookie</c> header, as sent: nothing is decoded.</summary>
/// <param name="name">Everything before the first <c>=</c>.</param>
/// <param name="value">Everything behind it.</param>
public readonly ref struct CookiePair(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
{
    /// <summary>The name, byte for byte.</summary>
    public ReadOnlySpan<char> Name { get; } = name;

    /// <summary>The raw value.</summary>
    public ReadOnlySpan<char> Value { get; } = value;
}
