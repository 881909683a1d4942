using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace ExtAuthz.Domain.Headers;

/// <summary>
/// The names that carry identity to the upstream and so are never taken from a client, in whatever spelling:
/// CGI, WSGI, PHP and others fold <c>x_auth.user~id</c> and <c>x-auth-user-id</c> into one variable.
/// </summary>
public sealed class ReservedHeaders
{
    private const int LongestName = 128;
    private static readonly ImmutableArray<string> Prefixes = ["x-workos-", "x-auth-"];
    private static readonly ImmutableArray<string> Own = ["x-url", "x-redirect-uri", "x-sign-up-paths", "x-workos-middleware", "x-workos-session"];

    private readonly FrozenSet<string> _names;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Reserves AuthKit's names, the <c>x-workos-</c> and <c>x-auth-</c> prefixes, and the identity headers in use.</summary>
    /// <param name="identityNames">Header names of the configured identity set, canonical or not.</param>
    public ReservedHeaders(IEnumerable<string> identityNames)
    {
        _names = Own.Concat(identityNames.Select(Canonical)).ToFrozenSet(StringComparer.Ordinal);
        _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        Names = [.. _names.Order(StringComparer.Ordinal)];
    }

    /// <summary>The canonical names, for removal when nothing is known of what the client sent.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Says whether a name, in any spelling, is reserved.</summary>
    /// <param name="name">The header name as sent, in ASCII bytes.</param>
    public bool Contains(ReadOnlySpan<byte> name)
    {
        Span<char> canonical = stackalloc char[Math.Min(name.Length, LongestName)];
        Canonicalise(name[..canonical.Length], canonical);
        return HasReservedPrefix(canonical) || (name.Length <= LongestName && _lookup.Contains(canonical));
    }

    private static bool HasReservedPrefix(ReadOnlySpan<char> canonical)
    {
        foreach (var prefix in Prefixes)
        {
            if (canonical.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string Canonical(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return string.Create(bytes.Length, bytes, static (canonical, source) => Canonicalise(source, canonical));
    }

    private static void Canonicalise(ReadOnlySpan<byte> name, Span<char> canonical)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var c = (char)name[i];
            canonical[i] = char.IsAsciiLetter(c) ? (char)(c | 0x20) : char.IsAsciiDigit(c) ? c : '-';
        }
    }
}
