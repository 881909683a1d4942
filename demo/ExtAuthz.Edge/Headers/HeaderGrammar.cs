using System.Buffers;

namespace ExtAuthz.Edge.Headers;

/// <summary>What <c>validate_mutations</c> accepts.</summary>
internal static class HeaderGrammar
{
    // token = 1*tchar (RFC 9110 section 5.6.2)
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // unreserved and sub-delims, ":" "@" "/" "?" and "%" (RFC 3986 section 3.4), without the separators "&" and "#"
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(
        "%-._~!$'()*+,;=:@/?0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Append(127).Where(code => code != '\t').Select(code => (char)code)]);

    /// <summary>A token, or a colon and a token.</summary>
    public static bool IsName(string name)
    {
        var token = name.StartsWith(':') ? name.AsSpan(1) : name;
        return !token.IsEmpty && !token.ContainsAnyExcept(TokenCharacters);
    }

    /// <summary>No control character but a tab; bytes above 127 are allowed.</summary>
    public static bool IsValue(string value) => !value.AsSpan().ContainsAny(Controls);

    /// <summary>Already URL-encoded.</summary>
    public static bool IsQueryText(string text) => !text.AsSpan().ContainsAnyExcept(QueryCharacters);
}
