using System.Globalization;
using System.Text;

namespace ExtAuthz.Server.Redis;

/// <summary>Values as scripts take them.</summary>
internal static class RedisValues
{
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Milliseconds(TimeSpan time) => Text(((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));

    public static byte[] Flag(bool value) => value ? "1"u8.ToArray() : "0"u8.ToArray();
}
