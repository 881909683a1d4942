using System.Security.Cryptography;

namespace ExtAuthz.FakeWorkOS.Http;

/// <summary>Makes ids and opaque tokens: a WorkOS prefix and 26 random Crockford base32 characters (130 bits).</summary>
internal static class Identifiers
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(string prefix) => $"{prefix}01{RandomNumberGenerator.GetString(Crockford, 26)}";
}
