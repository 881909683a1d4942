using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.Server.Redis;

/// <summary>A Lua script, constant: data come as keys and values only.</summary>
/// <param name="text">The script.</param>
internal sealed class RedisScript(string text)
{
    public string Text { get; } = text;

    /// <summary>Redis' name for it (EVALSHA): SHA-1 in lower-case hexadecimal. It protects nothing.</summary>
#pragma warning disable CA5350 // Redis' own choice
    public string Hash { get; } = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
