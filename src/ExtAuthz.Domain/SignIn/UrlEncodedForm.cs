namespace ExtAuthz.Domain.SignIn;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> (WHATWG URL standard section 5.1), as queries and bodies have it.</summary>
public static class UrlEncodedForm
{
    /// <summary>The pairs in their order, decoded; the value is null where there is no <c>=</c>.</summary>
    /// <param name="text">The form; null is an empty one.</param>
    public static IEnumerable<(string Name, string? Value)> Pairs(string? text) => (text ?? "").Split('&').Select(piece =>
        piece.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals ? (Decode(piece[..equals]), Decode(piece[(equals + 1)..])) : (Decode(piece), (string?)null));

    /// <summary>The value of a parameter that is there exactly once and not empty; otherwise null, for of two none can be believed.</summary>
    /// <param name="text">The form; null is an empty one.</param>
    /// <param name="name">The name, case-sensitive.</param>
    public static string? Only(string? text, string name) =>
        Pairs(text).Where(pair => string.Equals(pair.Name, name, StringComparison.Ordinal)).Take(2).ToList() is [(_, { Length: > 0 } value)] ? value : null;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
