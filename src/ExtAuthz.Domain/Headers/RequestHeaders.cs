using System.Collections.Immutable;

namespace ExtAuthz.Domain.Headers;

/// <summary>What the core reads of a request's headers: the known ones, and the names of those that pretend to be ours.</summary>
public sealed class RequestHeaders
{
    private readonly string?[] _values = new string?[KnownHeaders.Count];
    private List<string>? _cookieLines;
    private List<string>? _reservedNames;

    /// <summary>The <c>cookie</c> lines in the order received; a client may send several over HTTP/1.1.</summary>
    public IReadOnlyList<string> CookieLines => _cookieLines ?? (IReadOnlyList<string>)ImmutableArray<string>.Empty;

    /// <summary>Names, as sent, that an upstream could take for an identity header. They never pass.</summary>
    public IReadOnlyList<string> ReservedNames => _reservedNames ?? (IReadOnlyList<string>)ImmutableArray<string>.Empty;

    /// <summary>The value of a header other than <c>cookie</c>; repeated ones are joined by a comma (RFC 9110 section 5.3), null when absent.</summary>
    public string? this[KnownHeader header] => _values[(int)header];

    /// <summary>Says whether the client sent the header, with whatever value.</summary>
    public bool Has(KnownHeader header) => header is KnownHeader.Cookie ? _cookieLines is not null : _values[(int)header] is not null;

    /// <summary>Adds one header line; only the reader of the request calls this.</summary>
    public void Add(KnownHeader header, string value)
    {
        if (header is KnownHeader.Cookie)
        {
            (_cookieLines ??= new List<string>(1)).Add(value);
            return;
        }

        ref var slot = ref _values[(int)header];
        slot = slot is null ? value : $"{slot},{value}";
    }

    /// <summary>Notes a client header whose name is reserved; only the reader of the request calls this.</summary>
    public void AddReserved(string name) => (_reservedNames ??= []).Add(name);
}
