using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.Server.WorkOS;

/// <summary>
/// The header <c>WorkOS-Signature: t=1700000000000, v1=5257a869…</c>: milliseconds since 1970, and HMAC-SHA-256 of <c>t.body</c> in hexadecimal
/// (WorkOS documentation, "Webhooks", validation of the signature).
/// </summary>
internal sealed class EventSignature(EventsSecret secret, TimeProvider clock)
{
    public const string HeaderName = "WorkOS-Signature";

    /// <summary>How old an event may be, and how far WorkOS' clock may be ahead.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromSeconds(180);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret.Value);

    /// <summary>Whether WorkOS signed this body, a short while ago.</summary>
    public bool Holds(string header, ReadOnlySpan<byte> body) =>
        header.Split(',', StringSplitOptions.TrimEntries) is [['t', '=', .. var time], ['v', '1', '=', .. var signature]]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && Math.Abs(clock.GetUtcNow().ToUnixTimeMilliseconds() - milliseconds) <= Tolerance.TotalMilliseconds
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Sign(time, body));

    private byte[] Sign(string time, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body];
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(_key, signed)));
    }
}
