using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>The cookies of one host, kept as browsers keep them: a cookie over 4096 bytes is ignored, <c>Max-Age=0</c> deletes.</summary>
internal sealed class BrowserJar
{
    private readonly SortedDictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _cookies.Keys;

    public int LongestSeen { get; private set; }

    /// <summary>The <c>cookie</c> header of the next request.</summary>
    public string Header => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    public void Keep(params IEnumerable<string> setCookies)
    {
        foreach (var line in setCookies)
        {
            LongestSeen = Math.Max(LongestSeen, line.Length);
            var pair = line.Split(';')[0].Split('=', 2);
            if (line.Contains("; Max-Age=0;", StringComparison.Ordinal))
            {
                _cookies.Remove(pair[0]);
            }
            else if (line.Length <= SessionChunks.MaxSetCookieLength)
            {
                _cookies[pair[0]] = pair[1];
            }
        }
    }
}
