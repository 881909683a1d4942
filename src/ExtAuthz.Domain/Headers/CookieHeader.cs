using System.Collections.Immutable;

namespace ExtAuthz.Domain.Headers;

/// <summary>The cookies of a request. Several <c>cookie</c> lines are one header, as if joined by <c>; </c> (RFC 9113 section 8.2.3).</summary>
/// <param name="lines">The lines as received.</param>
public readonly struct CookieHeader(IReadOnlyList<string> lines)
{
    /// <summary>How many pairs are read, empty ones included. A header over a limit reads as if it had no cookies.</summary>
    public const int MaxPairs = 300;

    /// <summary>How many characters of cookies are read, over all lines.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Walks over all cookies; none if the header is over a limit.</summary>
    public CookiePairs GetEnumerator() => new(IsWithinLimits() ? lines : []);

    /// <summary>
    /// The decoded value of a cookie. Null when there is none, none can be decoded, or several of that name disagree:
    /// a neighbour's site may set cookies for ours, so their order must not decide.
    /// </summary>
    public string? Value(string name)
    {
        string? found = null;
        foreach (var pair in this)
        {
            if (!pair.Name.SequenceEqual(name) || CookieValue.Decode(pair.Value) is not { } value)
            {
                continue;
            }

            if (found is not null && !string.Equals(found, value, StringComparison.Ordinal))
            {
                return null;
            }

            found = value;
        }

        return found;
    }

    /// <summary>The distinct names that begin with <paramref name="prefix"/>, in the order received.</summary>
    public ImmutableArray<string> NamesWithPrefix(string prefix)
    {
        var names = ImmutableArray<string>.Empty;
        foreach (var pair in this)
        {
            if (pair.Name.StartsWith(prefix, StringComparison.Ordinal) && pair.Name.ToString() is var name && !names.Contains(name, StringComparer.Ordinal))
            {
                names = names.Add(name);
            }
        }

        return names;
    }

    /// <summary>Whether there is a chunk of this cookie (<see cref="SessionChunks"/>).</summary>
    public bool HasChunkOf(string name)
    {
        foreach (var pair in this)
        {
            if (SessionChunks.IndexOf(pair.Name, name) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The header for the upstream after a cookie changed: one new value in the place of every cookie that a lenient reader
    /// could take for it or for a chunk of it (other case, white space around the name), all else byte for byte
    /// except what no header may hold.
    /// </summary>
    /// <param name="name">The cookie.</param>
    /// <param name="value">Its new value, written as it is; null removes the cookie.</param>
    /// <returns>The header in one line; null when no cookie remains.</returns>
    public string? Replace(string name, string? value)
    {
        var pieces = new List<string>();
        var replacement = value is null ? null : $" {name}={value}";
        foreach (var piece in string.Join("; ", lines).Split(';').Where(IsLegal))
        {
            if (!IsSpelling(piece, name))
            {
                pieces.Add(piece);
            }
            else if (replacement is not null)
            {
                pieces.Add(replacement);
                replacement = null;
            }
        }

        var header = string.Join(';', replacement is null ? pieces : [.. pieces, replacement]).TrimStart(' ');
        return header.Length > 0 ? header : null;
    }

    // What Envoy would not take back from us: controls, and what was not UTF-8 when it came.
    private static bool IsLegal(string piece) => !piece.Any(c => char.IsControl(c) || c == '\uFFFD');

    private static bool IsSpelling(ReadOnlySpan<char> piece, string name)
    {
        var equals = piece.IndexOf('=');
        var spelled = equals < 0 ? default : piece[..equals].Trim();
        return equals >= 0 && (spelled.Equals(name, StringComparison.OrdinalIgnoreCase) || SessionChunks.IndexOf(spelled, name, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private bool IsWithinLimits()
    {
        var (pairs, length) = (0, 0);
        for (var i = 0; i < lines.Count; i++)
        {
            pairs += 1 + lines[i].AsSpan().Count(';');
            length += lines[i].Length;
        }

        return pairs <= MaxPairs && length <= MaxLength;
    }
}
