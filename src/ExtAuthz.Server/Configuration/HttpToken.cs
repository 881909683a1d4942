using System.Buffers;

namespace ExtAuthz.Server.Configuration;

/// <summary><c>token = 1*tchar</c> (RFC 9110 section 5.6.2): names of cookies and headers.</summary>
internal static class HttpToken
{
    private static readonly SearchValues<char> Tchar =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsToken(string text) => text is not "" && !text.AsSpan().ContainsAnyExcept(Tchar);
}
