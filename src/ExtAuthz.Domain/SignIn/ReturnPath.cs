using System.Buffers;
using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.SignIn;

/// <summary>
/// Where the browser goes after sign-in: always a path of our own site, never another host and never one of our own endpoints.
/// Whatever is not certainly such a path becomes <c>/</c>. It prints without its query.
/// </summary>
public readonly record struct ReturnPath
{
    private const int Longest = 2048;

    /// <summary>How many layers of percent-encoding may lie over each other before we stop looking.</summary>
    private const int DeepestEncoding = 3;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create([.. Enumerable.Range(0x21, 0x7F - 0x21).Select(code => (char)code).Where(character => character != '\\')]);

    private static readonly SearchValues<char> NeverDecoded =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '\x7F', '\\']);

    private readonly string? _beyondRoot;

    private ReturnPath(string value) => _beyondRoot = value is "/" ? null : value;

    /// <summary>The path and query, as sent in <c>Location</c>.</summary>
    public string Value => _beyondRoot ?? "/";

    /// <summary>The return path that a client asked for, or <c>/</c>.</summary>
    /// <param name="value">A path with or without a query, or a URL of our own origin.</param>
    /// <param name="origin">Our own origin, such as <c>https://app.example.com</c>.</param>
    /// <param name="ownEndpoints">The paths of our own endpoints: returning there would loop or sign out.</param>
    public static ReturnPath From(string? value, string origin, IReadOnlySet<string> ownEndpoints)
    {
        if (string.IsNullOrEmpty(value) || value.Length > Longest || value.AsSpan().ContainsAnyExcept(Allowed))
        {
            return default;
        }

        var local = WithoutOrigin(value, origin).Split('#')[0];
        return IsSafe(local.Split('?')[0], ownEndpoints) ? new ReturnPath(local) : default;
    }

    /// <summary>The path without the query.</summary>
    public override string ToString() => Value.Split('?')[0];

    private static string WithoutOrigin(string value, string origin)
    {
        if (!value.StartsWith(origin, StringComparison.Ordinal))
        {
            return value;
        }

        var rest = value[origin.Length..];
        return rest is [] or ['?' or '#', ..] ? '/' + rest : rest;
    }

    private static bool IsSafe(ReadOnlySpan<char> path, IReadOnlySet<string> ownEndpoints)
    {
        if (path is not ['/', ..] || !PercentTriplet.AreAllComplete(path))
        {
            return false;
        }

        Span<char> decoded = path.ToArray();
        for (var layer = 0; layer < DeepestEncoding; layer++)
        {
            decoded = PercentTriplet.DecodeOnce(decoded);
        }

        return PercentTriplet.DecodeOnce(decoded).Length == decoded.Length
            && !decoded.ContainsAny(NeverDecoded)
            && !PathSegments.HaveEmptyOrDot(decoded)
            && !ownEndpoints.Contains(decoded.TrimEnd('/').ToString());
    }
}
