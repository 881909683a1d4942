using System.Text;

namespace ExtAuthz.Domain.SignIn;

/// <summary>
/// The cookie that ties one sign-in to the browser that began it. Each sign-in has its own, so that several tabs do not disturb each other;
/// the name only tells them apart, the value proves the match.
/// </summary>
public static class FlowCookie
{
    /// <summary>AuthKit's name up to version 3.0.0, still read at the callback; newer names add a hyphen and the hash of the state.</summary>
    public const string LegacyName = "wos-auth-verifier";

    private const string Prefix = LegacyName + "-";

    /// <summary>The name for a state: its FNV-1a 32 hash in hex, as AuthKit names it.</summary>
    public static string Name(SealedState state)
    {
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(state.Value))
        {
            hash = (hash ^ octet) * 16777619u;
        }

        return $"{Prefix}{hash:x8}";
    }

    /// <summary>Says whether a cookie of this name belongs to a sign-in: a name that can also be written, for anybody can send one that cannot.</summary>
    public static bool IsFlowCookie(string name) =>
        string.Equals(name, LegacyName, StringComparison.Ordinal)
        || (name.StartsWith(Prefix, StringComparison.Ordinal) && name.Skip(Prefix.Length).All(char.IsAsciiLetterOrDigit));
}
