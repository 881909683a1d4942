using System.Globalization;

namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary>
/// The <c>grpc-timeout</c> header (gRPC over HTTP2, "Requests"):
/// <c>TimeoutValue TimeoutUnit</c>, at most eight digits and one of H M S m u n.
/// </summary>
internal static class GrpcTimeout
{
    private const int MostDigits = 8;

    /// <summary>Reads the header.</summary>
    /// <param name="header">The header as sent; null when absent.</param>
    /// <param name="timeout">The time left, rounded down to 100 ns; null when absent.</param>
    /// <returns>False when malformed.</returns>
    public static bool TryParse(string? header, out TimeSpan? timeout)
    {
        timeout = null;
        if (header is null)
        {
            return true;
        }

        if (header.Length is < 2 or > MostDigits + 1
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        timeout = header[^1] switch
        {
            'H' => TimeSpan.FromTicks(value * TimeSpan.TicksPerHour),
            'M' => TimeSpan.FromTicks(value * TimeSpan.TicksPerMinute),
            'S' => TimeSpan.FromTicks(value * TimeSpan.TicksPerSecond),
            'm' => TimeSpan.FromTicks(value * TimeSpan.TicksPerMillisecond),
            'u' => TimeSpan.FromTicks(value * TimeSpan.TicksPerMicrosecond),
            'n' => TimeSpan.FromTicks(value / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
        return timeout is not null;
    }
}
