namespace ExtAuthz.Domain.Headers;

/// <summary>
/// Walks over the cookies of a header without allocating. RFC 6265 section 4.2.1, read as strictly as attackers require:
/// <c>;</c> separates even inside quotes, only SP and HTAB are trimmed and only around a pair, a piece without <c>=</c> is no cookie.
/// </summary>
public ref struct CookiePairs
{
    private readonly IReadOnlyList<string> _lines;
    private ReadOnlySpan<char> _rest;
    private int _nextLine;

    internal CookiePairs(IReadOnlyList<string> lines) => _lines = lines;

    /// <summary>The cookie that <see cref="MoveNext"/> found.</summary>
    public CookiePair Current { get; private set; }

    /// <summary>Finds the next cookie.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty || _nextLine < _lines.Count)
        {
            if (_rest.IsEmpty)
            {
                _rest = _lines[_nextLine++];
            }

            var end = _rest.IndexOf(';');
            var piece = (end < 0 ? _rest : _rest[..end]).Trim(" \t");
            _rest = end < 0 ? default : _rest[(end + 1)..];
            var equals = piece.IndexOf('=');
            if (equals >= 0)
            {
                Current = new CookiePair(piece[..equals], piece[(equals + 1)..]);
                return true;
            }
        }

        return false;
    }
}
