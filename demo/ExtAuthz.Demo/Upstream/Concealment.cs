using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.Demo.Upstream;

/// <summary>Shows of a secret its length and eight digits of its SHA-256: enough to see that it changed, too little to use it.</summary>
internal static class Concealment
{
    /// <summary>The text to show for a header's value.</summary>
    public static string Of(string name, string value) => name switch
    {
        "x-workos-session" => Conceal("sealed session", value),
        "cookie" => string.Join("; ", value.Split("; ").Select(ConcealCookie)),
        "authorization" or "proxy-authorization" => Conceal("credentials", value),
        _ => value,
    };

    private static string ConcealCookie(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return pair[..(equals + 1)] + Conceal(pair.StartsWith("wos-session=", StringComparison.Ordinal) ? "sealed session" : "cookie", pair[(equals + 1)..]);
    }

    private static string Conceal(string kind, string value) =>
        $"[{kind}, {value.Length} characters, #{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))[..8]}]";
}
