using System.Collections.Immutable;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Headers;

/// <summary>
/// A session too large for one cookie is kept in chunks <c>name.0</c> to <c>name.3</c>, cut and named as iron-session 9 does (its option
/// <c>chunk</c>). Nothing tells how many there are: the seal's MAC covers them all.
/// </summary>
public static class SessionChunks
{
    /// <summary>The most chunks that are written or read.</summary>
    public const int MaxCount = 4;

    /// <summary>The longest <c>set-cookie</c> value that browsers keep, attributes included (RFC 6265 section 6.1).</summary>
    public const int MaxSetCookieLength = 4096;

    /// <summary>The name of a chunk.</summary>
    public static string Name(string cookieName, int index) => $"{cookieName}.{index}";

    /// <summary>Which chunk of the session cookie this name stands for, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<char> name, string cookieName, StringComparison comparison = StringComparison.Ordinal) =>
        name.Length == cookieName.Length + 2 && name[^2] == '.' && name[^1] - '0' is >= 0 and < MaxCount and var index && name[..^2].Equals(cookieName, comparison)
            ? index
            : -1;

    /// <summary>The cookies that hold a session: the plain one if a browser keeps it, else chunks. None when there would be too many, or chunks are not wanted.</summary>
    public static ImmutableArray<(string Name, SealedSession Part)> Split(SessionCookieSettings settings, SealedSession session)
    {
        var length = session.Value.Length;
        if (length <= Room(settings))
        {
            return [(settings.Name, session)];
        }

        var room = Room(settings with { Name = Name(settings.Name, 0) });
        return settings.Chunking && length <= room * MaxCount
            ? [.. session.Value.Chunk(room).Select((part, index) => (Name(settings.Name, index), new SealedSession(new string(part))))]
            : [];
    }

    // What the attributes and the name leave for a value.
    private static int Room(SessionCookieSettings settings) => MaxSetCookieLength - SetCookie.Session(settings, new SealedSession("")).Length;
}
