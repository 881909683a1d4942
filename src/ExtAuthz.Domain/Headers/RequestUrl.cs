using System.Buffers;
using System.Text;
using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Headers;

/// <summary>Writes a request target so that it may stand in a header or a URL, as the framework behind AuthKit sees it.</summary>
public static class RequestUrl
{
    private const string RscParameter = "_rsc=";
    private static readonly SearchValues<char> Visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);

    /// <summary>Path and query: what is not visible ASCII is percent-encoded UTF-8, and Next.js' cache key <c>_rsc</c> is left out.</summary>
    public static string PathAndQuery(RequestTarget target)
    {
        var query = target.Query?.Contains(RscParameter, StringComparison.Ordinal) == true ? WithoutRsc(target.Query) : target.Query;
        var text = query is null ? target.Path : $"{target.Path}?{query}";
        return text.AsSpan().ContainsAnyExcept(Visible) ? Encode(text) : text;
    }

    private static string? WithoutRsc(string query)
    {
        var kept = query.Split('&').Where(parameter => !parameter.StartsWith(RscParameter, StringComparison.Ordinal)).ToArray();
        return kept.Length == 0 ? null : string.Join('&', kept);
    }

    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && Visible.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(octet.ToString("X2"));
            }
        }

        return encoded.ToString();
    }
}
