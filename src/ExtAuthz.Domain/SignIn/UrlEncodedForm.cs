namespace ExtAuthz.Domain.SignIn;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> (WHATWG URL standard section 5.1), as queries and bodies have it.</summary>
public static class UrlEncodedForm
{
    /// <summary>The value of a parameter that is there exactly once and not empty; otherwise null, for of two none can be believed.</summary>
    /// <param name="text">The form; null is an empty one.</param>
    /// <param name="name">The name, case-sensitive.</param>
    public static string? Only(string? text, string name)
    {
        string? found = null;
        foreach (var range in text.AsSpan().Split('&'))
        {
            var pair = text.AsSpan()[range];
            var equals = pair.IndexOf('=') is >= 0 and var index ? index : pair.Length;
            if (!string.Equals(Decode(pair[..equals]), name, StringComparison.Ordinal))
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = Decode(pair[Math.Min(equals + 1, pair.Length)..]);
        }

        return found is "" ? null : found;
    }

    private static string Decode(ReadOnlySpan<char> value) => Uri.UnescapeDataString(value.ToString().Replace('+', ' '));
}
