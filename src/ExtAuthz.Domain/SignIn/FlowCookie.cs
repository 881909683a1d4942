using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.SignIn;

/// <summary>
/// The cookie that ties one sign-in to the browser that began it. Each sign-in has its own, so that several tabs do not disturb each other;
/// the name only tells them apart, the value proves the match.
/// </summary>
public static class FlowCookie
{
    /// <summary>AuthKit's name up to version 3.0.0, still read at the callback; newer names add a hyphen and a hash of the state.</summary>
    public const string LegacyName = "wos-auth-verifier";

    private const string Prefix = LegacyName + "-";
    private const int IdLength = 16;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    /// <summary>The name for a state: 128 bits of its SHA-256 in hex, so that nobody makes two of them equal.</summary>
    public static string Name(SealedState state) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.Value)).AsSpan(0, IdLength));

    /// <summary>The name under which AuthKit in the upstream looks for it: the state's FNV-1a 32 hash in hex.</summary>
    public static string AuthKitName(SealedState state)
    {
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(state.Value))
        {
            hash = (hash ^ octet) * 16777619u;
        }

        return $"{Prefix}{hash:x8}";
    }

    /// <summary>Says whether a cookie of this name belongs to a sign-in. A name that only a hostile neighbour would choose does not.</summary>
    public static bool IsFlowCookie(string name) =>
        string.Equals(name, LegacyName, StringComparison.Ordinal)
        || (name.StartsWith(Prefix, StringComparison.Ordinal) && !name.AsSpan(Prefix.Length).ContainsAnyExcept(NameCharacters));

    /// <summary>Finds the cookie of a state under any of its names.</summary>
    /// <returns>Whether it holds this very state; null when there is none.</returns>
    public static bool? Matches(CookieHeader cookies, SealedState state)
    {
        var expected = Encoding.UTF8.GetBytes(state.Value);
        bool? matches = null;
        foreach (var name in (ReadOnlySpan<string>)[Name(state), AuthKitName(state), LegacyName])
        {
            if (cookies.Value(name) is { } value)
            {
                matches = matches == true | CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), expected);
            }
        }

        return matches;
    }
}
